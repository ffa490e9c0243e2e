package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	neturl "net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/entente-graph/entente/internal/config"
)

func (a *app) healthCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "health",
		Short: "ask an entente that serves whether it can answer",
		Long: "Asks the entente that serves at --addr whether it can ask its store (GET /readyz), and fails where it\n" +
			"cannot or does not answer within five seconds. Containers ask it: their image has no other program.",
		Example: "  entente health\n" +
			"  entente health --addr localhost:9090",
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error { return a.health(c.Context()) },
	}
	config.AddFlags(c.Flags(), "addr")
	return c
}

func (a *app) health(ctx context.Context) error {
	host, port, err := net.SplitHostPort(a.config.Addr)
	if err != nil {
		return err
	}
	// A server on all addresses is asked at one that needs no look-up: a container may know no localhost.
	switch ip := net.ParseIP(host); {
	case host == "" || ip.Equal(net.IPv4zero):
		host = "127.0.0.1"
	case ip.Equal(net.IPv6zero):
		host = "::1"
	}
	url := "http://" + net.JoinHostPort(host, port) + "/readyz"
	ctx, stop := context.WithTimeout(ctx, 5*time.Second)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		var wire *neturl.Error
		if errors.As(err, &wire) {
			err = wire.Err
		}
		return fmt.Errorf("no entente answers at %s: %w (entente serve starts one; --addr says where it is)", net.JoinHostPort(host, port), err)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read, or is of no use
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1000))
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %s", url, answer.Status, strings.TrimSpace(string(said)))
	}
	s := a.screen()
	s.Printf("%s", said)
	return s.Err()
}
