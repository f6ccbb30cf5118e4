-- From version 2 to 3: a place's province and what kind of place is named; whom an actor of the findings belongs to.

ALTER TABLE place ADD COLUMN province TEXT;
ALTER TABLE place ADD COLUMN kind TEXT;
ALTER TABLE found_actor ADD COLUMN affiliation TEXT;
