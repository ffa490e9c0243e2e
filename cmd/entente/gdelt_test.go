package main

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Coded events are asked for over GraphQL as any act is: what was done, how often it was reported, month by month.
func TestCodedEventsOverGraphQL(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "a.db")
	entente(t, "ingest", "states", "--store", store)
	if out := entente(t, "ingest", "gdelt", "../../ingest/sources/gdelt/testdata/raw", "--store", store); !strings.Contains(out, "acts         9") {
		t.Errorf("it says %s", out)
	}
	zipped := filepath.Join(t.TempDir(), "20170501.export.CSV.zip")
	text, err := os.ReadFile("../../ingest/sources/gdelt/testdata/raw/20170501.export.CSV")
	if err != nil {
		t.Fatal(err)
	}
	write(t, zipped, string((&maker{t: t}).zip(member{name: "20170501.export.CSV", text: text})))
	if out := entente(t, "ingest", "gdelt", zipped, "--store", store); !strings.Contains(out, "nothing changed") {
		t.Errorf("as it is published, zipped, it says %s", out)
	}
	s := serve(t, "--store", store)
	defer s.stop()
	for query, want := range map[string]string{
		`{engagement(key:"gdelt:1002"){...on Act{type cameo quadClass goldstein mentions{mentions sources articles} by{key} toward{key} participations(role:[BY]){nodes{capacity}}}}}`: `{"engagement":{"type":"PROTEST","cameo":"114","quadClass":3,"goldstein":-2,"mentions":{"mentions":10,"sources":2,"articles":9},` +
			`"by":[{"key":"iso3:KOR"}],"toward":[{"key":"iso3:JPN"}],"participations":{"nodes":[{"capacity":"government, military"}]}}}`,
		`{dyad(a:"JPN",b:"KOR"){series(measures:[ACTS,VERBAL_CONFLICT,MEAN_GOLDSTEIN],from:"2017-05-01",to:"2017-05-31",unit:MONTH){points{value}}}}`: `[{"points":[{"value":2}]},{"points":[{"value":1}]},{"points":[{"value":-0.05}]}]`,
		`{acts(where:{cameo:{eq:"0354"}}){nodes{key topics}}}`: `{"nodes":[{"key":"gdelt:1102","topics":["TRADE"]}]}`,
	} {
		if status, body := s.get("/graphql?query=" + url.QueryEscape(query)); status != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s is answered %d: %s", query, status, body)
		}
	}
}
