import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { useRef, useState } from 'react';
import { examples } from './examples.js';
import { fetcher } from './fetcher.js';
import { Header } from './header.js';
import { Settle } from './settle.js';
import { playgroundStorage } from './storage.js';
import { showInAddress, viewOf, type View } from './view-url.js';

const plugins = [HISTORY_PLUGIN];
const defaultTabs = examples.map(({ query }) => ({ query }));

/** The page: a header that says what this is, and GraphiQL with the documented tabs. */
export function Playground() {
  const [asked] = useState(() => viewOf(location.search));
  const [storage] = useState(playgroundStorage);
  const view = useRef<View>(asked ?? { query: '', variables: '' });

  function show(change: Partial<View>) {
    view.current = { ...view.current, ...change };
    showInAddress(view.current);
  }

  return (
    <>
      <Header />
      <main>
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          plugins={plugins}
          defaultTabs={defaultTabs}
          {...(asked && { initialQuery: asked.query, initialVariables: asked.variables })}
          initialHeaders=""
          defaultEditorToolsVisibility={Boolean(asked?.variables)}
          shouldPersistHeaders={false}
          showPersistHeadersSettings={false}
          onTabChange={({ tabs, activeTabIndex }) =>
            show({
              query: tabs[activeTabIndex]?.query ?? '',
              variables: tabs[activeTabIndex]?.variables ?? '',
            })
          }
          onEditQuery={(query) => show({ query })}
          onEditVariables={(variables) => show({ variables })}
        >
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
          <Settle />
        </GraphiQL>
      </main>
    </>
  );
}
