// The account that leads those of link k is on one of $topics, so that it is in the list.
('' IN $topics OR EXISTS {
        MATCH (k)-[of:LINKS]->()<-[:ABOUT]-(account:Statement)
        WHERE NOT of.led AND account.recordedFrom <= $load AND account.recordedTo > $load AND any(topic IN account.topics WHERE topic IN $topics)
      })
