package sqlitestore

import (
	"fmt"
	"os"
)

// holderName is how a lease says who has it.
func holderName() string {
	return fmt.Sprintf("process %d on %s", os.Getpid(), hostName())
}

func hostName() string {
	host, err := os.Hostname()
	if err != nil {
		return "an unnamed host"
	}
	return host
}

// gone tells whether the holder of a lease was a process of this machine that has ended: then nobody has to wait
// for its lease to run out. Where that cannot be told it is not gone. Should it err, as between containers that share a
// name, no harm is done: who lost a lease writes nothing.
func gone(holder string) bool {
	var pid int
	var host string
	if n, err := fmt.Sscanf(holder, "process %d on %s", &pid, &host); err != nil || n != 2 || host != hostName() {
		return false
	}
	return ended(pid)
}
