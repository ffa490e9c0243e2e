CASE $order WHEN 'END' THEN s.endMax WHEN 'TITLE' THEN s.titleKey ELSE toString(1000000000000000000 + s.recordedFrom) END + ' ' + substring(s.at, 11)
