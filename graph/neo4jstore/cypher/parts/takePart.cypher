// Of each of the groups asked for, somebody takes part so.
any(part IN [{{parts .}}] WHERE all(g IN asked.groups WHERE any(i IN range(0, size(coalesce(part.actor, [])) - 1) WHERE
          part.plays[i] IN coalesce(asked.roles, [part.plays[i]]) AND part.side[i] IN coalesce(asked.sides, [part.side[i]])
          AND any(x IN g WHERE {{takes}}))))
