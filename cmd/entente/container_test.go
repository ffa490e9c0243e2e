package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/spf13/pflag"

	"github.com/entente-graph/entente/internal/config"
)

// secret is a password that stands nowhere else.
const secret = "Zq7-not-to-be-seen"

// composed loads docker-compose.yml as docker compose does, with .env.example for its .env and a password, or none.
func composed(t *testing.T, password string) (*types.Project, error) {
	t.Helper()
	example, err := os.ReadFile("../../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	env := filepath.Join(t.TempDir(), ".env")
	text := regexp.MustCompile(`(?m)^NEO4J_PASSWORD=$`).ReplaceAllString(string(example), "NEO4J_PASSWORD="+password)
	if password != "" && text == string(example) {
		t.Fatal(".env.example has no line for the password")
	}
	write(t, env, text)
	options, err := cli.NewProjectOptions([]string{"../../docker-compose.yml"}, cli.WithEnvFiles(env), cli.WithDotEnv, cli.WithResolvedPaths(false))
	if err != nil {
		t.Fatal(err)
	}
	return options.LoadProject(t.Context())
}

func TestComposeFile(t *testing.T) {
	if _, err := composed(t, ""); err == nil || !strings.Contains(err.Error(), "write it into .env") {
		t.Errorf("without a password: %v", err)
	}
	project, err := composed(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	if names := project.ServiceNames(); !slices.Equal(names, []string{"api", "neo4j", "sample"}) {
		t.Fatalf("services: %v", names)
	}
	neo4j, sample, api := project.Services["neo4j"], project.Services["sample"], project.Services["api"]

	if !strings.HasPrefix(neo4j.Image, "neo4j:5.26") || !strings.HasSuffix(neo4j.Image, "-community") {
		t.Errorf("Neo4j is %s", neo4j.Image)
	}
	for name, s := range map[string]types.ServiceConfig{"neo4j": neo4j, "api": api} {
		if s.HealthCheck == nil || s.HealthCheck.Disable || len(s.HealthCheck.Test) < 2 {
			t.Errorf("%s has no health check", name)
		}
	}
	for _, waits := range []struct{ who, until, got, want string }{
		{"sample", "neo4j", sample.DependsOn["neo4j"].Condition, types.ServiceConditionHealthy},
		{"api", "neo4j", api.DependsOn["neo4j"].Condition, types.ServiceConditionHealthy},
		{"api", "sample", api.DependsOn["sample"].Condition, types.ServiceConditionCompletedSuccessfully},
	} {
		if waits.got != waits.want {
			t.Errorf("%s waits for %s until it is %q, want %q", waits.who, waits.until, waits.got, waits.want)
		}
	}
	if !slices.ContainsFunc(neo4j.Volumes, func(v types.ServiceVolumeConfig) bool { return v.Type == "volume" && v.Target == "/data" }) {
		t.Error("Neo4j's data are in no volume")
	}
	for _, setting := range []string{"heap_initial__size", "heap_max__size", "pagecache_size"} {
		if v := neo4j.Environment["NEO4J_server_memory_"+setting]; v == nil || *v == "" {
			t.Errorf("Neo4j's memory: %s is not set", setting)
		}
	}
	for name, s := range map[string]types.ServiceConfig{"api": api, "sample": sample} {
		if !s.ReadOnly || !slices.Equal(s.CapDrop, []string{"ALL"}) || s.Build == nil || s.Build.Context != "." {
			t.Errorf("%s: read only %v, without %v, built from %+v", name, s.ReadOnly, s.CapDrop, s.Build)
		}
		if got := *s.Environment["ENTENTE_STORE"]; got != "neo4j://neo4j:7687" {
			t.Errorf("%s: the store is %s", name, got)
		}
	}
	for name, s := range project.Services {
		for _, p := range s.Ports {
			if p.HostIP != "127.0.0.1" {
				t.Errorf("%s: the port %s is open to all", name, p.Published)
			}
		}
	}
}

// TestComposeFileKeepsThePassword holds that the password is in the two variables that must have it and nowhere else: no
// command line, no health check, no label.
func TestComposeFileKeepsThePassword(t *testing.T) {
	project, err := composed(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range project.Services {
		for key, value := range s.Environment {
			if value == nil || !strings.Contains(*value, secret) {
				continue
			}
			if key != "NEO4J_AUTH" && key != "ENTENTE_NEO4J_PASSWORD" {
				t.Errorf("%s: %s holds the password", name, key)
			}
			s.Environment[key] = nil
		}
	}
	project.Extensions = nil // what the two services have in common is in each of them
	text, err := project.MarshalYAML()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), secret) {
		t.Errorf("the password is in\n%s", text)
	}
	file, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range regexp.MustCompile(`(?m)^.*(AUTH|PASSWORD).*:.*$`).FindAllString(string(file), -1) {
		if !strings.Contains(line, "${NEO4J_PASSWORD:?") {
			t.Errorf("a password of its own: %s", line)
		}
	}
}

// TestContainersUseWhatThereIs holds that commands and settings of the containers are those of the program.
func TestContainersUseWhatThereIs(t *testing.T) {
	project, err := composed(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	image, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{config.PasswordEnv: true}
	for _, s := range config.Settings() {
		known[s.Env()] = true
	}
	variables := regexp.MustCompile(`ENTENTE_\w+`).FindAllString(string(image), -1)
	commands := [][]string{project.Services["api"].Command, project.Services["sample"].Command, project.Services["api"].HealthCheck.Test[2:]}
	for _, line := range regexp.MustCompile(`(?m)^(?:CMD|HEALTHCHECK.* CMD) \[(.*)\]$`).FindAllStringSubmatch(string(image), -1) {
		words := strings.Split(strings.NewReplacer(`"`, "", " ", "").Replace(line[1]), ",")
		commands = append(commands, slices.DeleteFunc(words, func(word string) bool { return word == "/entente" }))
	}
	for _, service := range []string{"api", "sample"} {
		for key := range project.Services[service].Environment {
			variables = append(variables, key)
		}
	}
	for _, v := range variables {
		if !known[v] {
			t.Errorf("%s is no setting", v)
		}
	}
	if len(commands) != 5 {
		t.Errorf("commands: %v", commands)
	}
	for _, words := range commands {
		if c, rest, err := (&app{getenv: os.Getenv}).root().Find(words); err != nil || len(rest) > 0 || !c.HasParent() {
			t.Errorf("entente %s is no command", strings.Join(words, " "))
		}
	}
}

// TestImage holds what the Dockerfile says against what the project says elsewhere.
func TestImage(t *testing.T) {
	text, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	image := string(text)
	user := regexp.MustCompile(`(?m)^USER (\d+):\d+$`).FindStringSubmatch(image)
	if user == nil || user[1] == "0" {
		t.Error("the image's user is no number, or root")
	}
	port := regexp.MustCompile(`(?m)^ENV ENTENTE_ADDR=:(\d+)$`).FindStringSubmatch(image)
	if port == nil || !strings.Contains(image, "\nEXPOSE "+port[1]+"\n") {
		t.Error("the image exposes another port than it serves")
	}
	module, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(module))
	if !strings.Contains(image, "FROM golang:"+version[1]+"-") {
		t.Errorf("the image is not built by Go %s, which go.mod asks for", version[1])
	}
}

// TestOperatingPage holds that the commands, settings and services of docs/operating.md are there.
func TestOperatingPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/operating.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	known := map[string]bool{config.PasswordEnv: true}
	for _, s := range config.Settings() {
		known[s.Env()] = true
	}
	for _, v := range regexp.MustCompile(`ENTENTE_\w+`).FindAllString(page, -1) {
		if !known[v] {
			t.Errorf("%s is no setting", v)
		}
	}
	commands := regexp.MustCompile("(?m)(?:^ {4}|`)entente ([a-z][^`\n]*)").FindAllStringSubmatch(page, -1)
	if len(commands) < 6 {
		t.Errorf("only %d commands", len(commands))
	}
	for _, m := range commands {
		c, rest, err := (&app{getenv: os.Getenv}).root().Find(strings.Fields(m[1]))
		if err != nil || !c.HasParent() {
			t.Errorf("entente %s is no command", m[1])
			continue
		}
		if err := c.ParseFlags(rest); err != nil && !errors.Is(err, pflag.ErrHelp) {
			t.Errorf("entente %s: %v", m[1], err)
		}
	}
	project, err := composed(t, secret)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile(`(?m)docker compose stop (.*)$`).FindAllStringSubmatch(page, -1) {
		for _, name := range strings.Fields(m[1]) {
			if _, ok := project.Services[name]; !ok {
				t.Errorf("docker-compose.yml has no service %s", name)
			}
		}
	}
}
