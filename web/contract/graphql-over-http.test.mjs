// The audits of graphql-http: does the server speak GraphQL over HTTP? All of them must be ok, those that only say
// SHOULD or MAY as well.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';

const url = new URL('/graphql', process.env.ENTENTE_URL).href;
const audits = serverAudits({ url, fetchFn: fetch });

test('there are 61 audits', () => assert.equal(audits.length, 61));

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}
