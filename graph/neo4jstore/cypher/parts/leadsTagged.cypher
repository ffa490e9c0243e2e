// No link says that another account leads s, which is in the list: on one of $topics, of one of $ofSources, with one of each of $handles, and with $ofParties.
(NOT $leads OR NOT EXISTS {
        MATCH (s)-[:ABOUT]->(e)<-[l:LINKS]-(k) WHERE e.unlinked IS NULL AND l.led AND l.recordedFrom <= $load AND l.recordedTo > $load AND EXISTS {
          MATCH (k)-[of:LINKS]->()<-[:ABOUT]-(account:Statement)
          WHERE NOT of.led AND account.recordedFrom <= $load AND account.recordedTo > $load
            AND ('' IN $topics OR any(topic IN account.topics WHERE topic IN $topics)) AND ('' IN $ofSources OR account.source IN $ofSources)
            AND {{hasParties "account"}}
            AND all(tags IN $handles WHERE any(tag IN account.tags WHERE tag IN tags))
        }
      })
