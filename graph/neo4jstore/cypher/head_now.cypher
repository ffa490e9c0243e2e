// The newest load that this server knows of.
MATCH (h:Head) RETURN h.load AS head
