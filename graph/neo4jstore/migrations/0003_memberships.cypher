// Memberships in the order of lists, by member and by organisation.
CREATE INDEX member_of_at IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() ON (r.at);
CREATE INDEX member_of_organization IF NOT EXISTS FOR ()-[r:MEMBER_OF]-() ON (r.organizationAt);
