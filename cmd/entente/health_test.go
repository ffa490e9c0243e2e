package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func askHealth(t *testing.T, url string) (said string, err error) {
	t.Helper()
	var out bytes.Buffer
	args := []string{"health", "--addr", strings.TrimPrefix(url, "http://")}
	err = run(context.Background(), args, nil, &out, io.Discard, func(string) string { return "" })
	return out.String(), err
}

func TestHealth(t *testing.T) {
	t.Parallel()
	s := serve(t, "--store", copySample(t))
	said, err := askHealth(t, s.url)
	if err != nil || !strings.Contains(said, "load 5") {
		t.Errorf("of a server that can answer: %q, %v", said, err)
	}
	url := s.url
	s.stop()
	if said, err := askHealth(t, url); err == nil {
		t.Errorf("of a server that has ended: %q", said)
	}

	unready := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("it asks %s", r.URL.Path)
		}
		http.Error(w, "the store does not answer", http.StatusServiceUnavailable)
	}))
	defer unready.Close()
	if _, err := askHealth(t, unready.URL); err == nil || !strings.Contains(err.Error(), "503 Service Unavailable: the store does not answer") {
		t.Errorf("of a server that cannot answer: %v", err)
	}
}

// A server that listens everywhere is asked on this machine.
func TestHealthOfAServerOnAllAddresses(t *testing.T) {
	t.Parallel()
	for addr, want := range map[string]string{":1": "127.0.0.1:1", "0.0.0.0:1": "127.0.0.1:1", "[::]:1": "[::1]:1", "localhost:1": "localhost:1"} {
		if _, err := askHealth(t, addr); err == nil || !strings.Contains(err.Error(), "no entente answers at "+want+":") {
			t.Errorf("at %s: %v", addr, err)
		}
	}
}
