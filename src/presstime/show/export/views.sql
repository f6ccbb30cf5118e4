-- What one asks of a story first. Every line keeps its document and its offsets, so that it can be followed to its words.

CREATE VIEW latest_figures AS
SELECT s.measure, s."of", s."group", s.place_name, s.scope, p.giver, p.low, p.high, p.qualifier, f.words, p.as_of,
       f.document, d.outlet, d.published, f.start, f."end", p.figure, p.series
FROM series_points p
JOIN series s ON s.id = p.series
LEFT JOIN figures f ON f.id = p.figure
LEFT JOIN documents d ON d.id = f.document
WHERE p.latest
ORDER BY s.rowid, p.rowid;

CREATE VIEW said AS
SELECT t.speaker, t.act, t.form, t.medium, t.words, d.outlet, d.published, d.headline, o.name AS origin_name,
       t.document, t.start, t."end", t.id AS statement
FROM statements t
JOIN documents d ON d.id = t.document
LEFT JOIN origins o ON o.id = t.origin
ORDER BY t.rowid;

CREATE VIEW denied AS
SELECT p.id AS dispute, p.about, p.claimed_by, p.denied_by, t.speaker AS denies, t.words AS denial, t.document, t.start, t."end"
FROM disputes p
JOIN json_each(p.denials) j
JOIN statements t ON t.id = j.value
ORDER BY p.rowid, t.rowid;

CREATE VIEW unfolding AS
SELECT e.id AS entry, e.type, e.place_name, e.standing, e.times_differ, t."from", t."to", t.giver, t.standing AS told_as,
       v.words, v.document, v.start, v."end", d.outlet
FROM timeline e
JOIN tellings t ON t.entry = e.id
LEFT JOIN events v ON v.id = t.event
LEFT JOIN documents d ON d.id = v.document
ORDER BY e.rowid, t.rowid;

CREATE VIRTUAL TABLE statements_fts USING fts5 (words, speaker, content = "statements", tokenize = "unicode61 remove_diacritics 2");
INSERT INTO statements_fts (statements_fts) VALUES ('rebuild');

CREATE VIRTUAL TABLE passages_fts USING fts5 (words, content = "passages", tokenize = "unicode61 remove_diacritics 2");
INSERT INTO passages_fts (passages_fts) VALUES ('rebuild');
