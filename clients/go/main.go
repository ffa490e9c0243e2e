// How did the ties of two actors on a topic develop? Asks an Entente server, in GraphQL.
//
//	go run . [A B [TOPIC]], with the server's address in ENTENTE_URL
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"time"

	"github.com/Khan/genqlient/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

//go:generate go tool genqlient

func main() {
	args := append(os.Args[1:], make([]string, 3)...)
	err := ask(cmp.Or(args[0], "JPN"), cmp.Or(args[1], "KOR"), Topic(cmp.Or(args[2], "DEFENSE")))
	if err != nil {
		complain(err)
		os.Exit(1)
	}
}

func ask(a, b string, topic Topic) error {
	server := cmp.Or(os.Getenv("ENTENTE_URL"), "http://localhost:8080")
	client := graphql.NewClient(server+"/graphql", &http.Client{Timeout: time.Minute})
	answer, err := FoundingQuestion(context.Background(), client, a, b, topic)
	if err != nil {
		return err
	}
	dyad := answer.Dyad
	for _, tie := range dyad.Ties {
		fmt.Printf("%s and %s, %s: %s on %s\n", dyad.A.Name, dyad.B.Name, tie.Topic, tie.Status, tie.StatusOn)
		for _, spell := range tie.Spells {
			show(spell)
		}
	}
	return nil
}

func show(s Spell) {
	status, start, end := string(s.Status), "(unknown)", ""
	if s.Extent != nil {
		status += " " + string(*s.Extent)
	}
	if s.Period.Start != nil {
		start = s.Period.Start.Edtf
	}
	switch {
	case s.Period.End != nil:
		end = s.Period.End.Edtf
	case s.Period.Why != nil:
		end = "(" + string(*s.Period.Why) + ")"
	}
	fmt.Printf("%d. %s %s to %s, %d meetings\n", s.Number, status, start, end, len(s.Contacts.Nodes))
	if s.StartedBy != nil {
		fmt.Println("   began with:", s.StartedBy.Title)
	}
	if s.Began != nil {
		for _, cause := range s.Began.Because {
			fmt.Println("   because of:", cause.Title)
		}
	}
	if s.EndedBy != nil {
		fmt.Println("   ended with:", s.EndedBy.Title)
	}
}

// complain prints what the server refused, with what it suggests.
func complain(err error) {
	// A server that refuses a document answers with a status of its own, and the same errors.
	var refused gqlerror.List
	var status *graphql.HTTPError
	if errors.As(err, &status) {
		refused = status.Response.Errors
	} else if !errors.As(err, &refused) {
		fmt.Fprintln(os.Stderr, err)
		return
	}
	for _, e := range refused {
		fmt.Fprintln(os.Stderr, e.Message)
		suggestions, _ := e.Extensions["suggestions"].([]any)
		for _, s := range suggestions {
			fmt.Fprintf(os.Stderr, "  %v\n", s)
		}
	}
}
