-- From version 2 to 3: a place's province, and what kind of place is named.

ALTER TABLE place ADD COLUMN province TEXT;
ALTER TABLE place ADD COLUMN kind TEXT;
