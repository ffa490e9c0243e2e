package neo4jtest

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/gofrs/flock"
)

// Version is the server's version.
const Version = "5.26.12"

//go:embed pom.xml
var pom []byte

// errLacking is why no server can be started on this machine.
var errLacking = errors.New("lacking")

const howToGet = "set ENTENTE_TEST_NEO4J_URI to a server whose data may be deleted, or start Docker, or install Java 17 and Maven (openjdk-17-jre-headless and maven in Debian)"

// jars returns the pattern of the server's jars, as a class path. It fetches them when the user's cache lacks them, into
// a folder that is renamed once it is whole, and under a lock, so that of many processes one does.
func jars(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("%w a folder for Neo4j's jars: %w", errLacking, err)
	}
	cache = filepath.Join(cache, "entente")
	dir := filepath.Join(cache, "neo4j-"+Version)
	classPath := filepath.Join(dir, "lib", "*")
	if fetched(dir) {
		return classPath, nil
	}
	maven, err := exec.LookPath("mvn")
	if err != nil {
		return "", fmt.Errorf("%w Maven, to fetch Neo4j's jars: %w", errLacking, err)
	}
	if err := os.MkdirAll(cache, 0o750); err != nil {
		return "", err
	}
	lock := flock.New(dir + ".lock")
	if err := lock.Lock(); err != nil {
		return "", fmt.Errorf("locking %s: %w", lock.Path(), err)
	}
	defer lock.Close() //nolint:errcheck // the lock ends with the process at the latest
	if fetched(dir) {
		return classPath, nil
	}
	if err := fetch(ctx, maven, dir); err != nil {
		return "", err
	}
	return classPath, nil
}

// fetched tells whether the folder holds the jars of the pom.xml of now.
func fetched(dir string) bool {
	have, err := os.ReadFile(filepath.Join(dir, "pom.xml"))
	return err == nil && bytes.Equal(have, pom)
}

func fetch(ctx context.Context, maven, dir string) error {
	const suffix = ".part"
	if left, err := filepath.Glob(dir + "-*" + suffix); err == nil {
		for _, folder := range left { // of a process that was killed: we have the lock
			_ = os.RemoveAll(folder)
		}
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), filepath.Base(dir)+"-*"+suffix)
	if err != nil {
		return err
	}
	defer os.RemoveAll(part) //nolint:errcheck // the next fetch removes what is left
	file := filepath.Join(part, "pom.xml")
	if err := os.WriteFile(file, pom, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, maven, "--batch-mode", "--quiet", "--file", file,
		"dependency:copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory="+filepath.Join(part, "lib"))
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w Neo4j's jars, and Maven did not fetch them: %w\n%s", errLacking, err, tail(out, 2000))
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return os.Rename(part, dir)
}

var javaVersion = regexp.MustCompile(`version "(\d+)`)

// findJava returns a Java of version 17 or later: JAVA_HOME's, or the one in PATH.
func findJava(ctx context.Context) (string, error) {
	java, err := exec.LookPath("java")
	if home := os.Getenv("JAVA_HOME"); home != "" {
		java, err = exec.LookPath(filepath.Join(home, "bin", "java"))
	}
	if err != nil {
		return "", fmt.Errorf("%w Java: %w", errLacking, err)
	}
	out, err := exec.CommandContext(ctx, java, "-version").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w Java: %s -version: %w: %s", errLacking, java, err, tail(out, 500))
	}
	if found := javaVersion.FindSubmatch(out); found != nil {
		if major, err := strconv.Atoi(string(found[1])); err == nil && major >= 17 {
			return java, nil
		}
	}
	return "", fmt.Errorf("%w Java 17 or later: %s is %s", errLacking, java, bytes.TrimSpace(out))
}

// tail is the end of a text, at most n bytes.
func tail(text []byte, n int) []byte {
	return bytes.TrimSpace(text[max(0, len(text)-n):])
}
