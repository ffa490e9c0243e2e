// The account that leads those of link k is on one of $topics, of one of $ofSources, and has $ofParties, so that it is in the list.
('' IN $topics AND '' IN $ofSources AND $ofParties = [] OR EXISTS {
        MATCH (k)-[of:LINKS]->()<-[:ABOUT]-(account:Statement)
        WHERE NOT of.led AND account.recordedFrom <= $load AND account.recordedTo > $load
          AND ('' IN $topics OR any(topic IN account.topics WHERE topic IN $topics)) AND ('' IN $ofSources OR account.source IN $ofSources)
          AND {{hasParties "account"}}
      })
