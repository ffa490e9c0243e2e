package neo4jtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"os/exec"
	"strconv"
	"time"
)

const image = "neo4j:5.26-community"

// dockerAnswers tells whether there is a Docker engine. A client alone is none.
func dockerAnswers(ctx context.Context) bool {
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	return exec.CommandContext(ctx, "docker", "version", "--format", "{{.Server.Version}}").Run() == nil
}

// superviseContainer removes a container once its input ends. Arguments: the container's name.
const superviseContainer = `read -r _; docker rm --force --volumes "$1"`

// startContainer starts a server in Docker and returns once there is a container; the server in it is then still
// starting. The container ends with this process.
func startContainer(ctx context.Context) (*Server, error) {
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	name := "entente-test-" + rand.Text()
	guard := exec.Command("sh", "-c", superviseContainer, "supervise", name) //nolint:noctx // it outlives the test
	ownGroup(guard)
	if _, err := guard.StdinPipe(); err != nil { // never closed but by our end
		return nil, err
	}
	if err := guard.Start(); err != nil {
		return nil, err
	}
	address := "127.0.0.1:" + strconv.Itoa(port)
	out, err := exec.CommandContext(ctx, "docker", "run", "--detach", "--name", name, "--publish", address+":7687",
		"--env", "NEO4J_AUTH="+user+"/"+password,
		"--env", "NEO4J_server_bolt_advertised__address="+address,
		"--env", "NEO4J_server_memory_heap_max__size=1g",
		"--env", "NEO4J_server_memory_pagecache_size=128m",
		"--env", "NEO4J_dbms_security_auth__max__failed__attempts=0",
		"--env", "NEO4J_db_tx__log_preallocate=false",
		"--env", "NEO4J_dbms_cypher_min__replan__interval=1h",
		"--env", "NEO4J_dbms_usage__report_enabled=false",
		image).CombinedOutput()
	if err != nil {
		return nil, fmt.Errorf("docker run %s: %w: %s", image, err, tail(out, 2000))
	}
	return &Server{URI: "bolt://" + address, User: user, Password: password, guard: guard, log: func() string {
		out, err := exec.Command("docker", "logs", "--tail", "100", name).CombinedOutput() //nolint:noctx // it does not wait
		if err != nil {
			return fmt.Sprintf("docker logs: %v", err)
		}
		return string(out)
	}}, nil
}
