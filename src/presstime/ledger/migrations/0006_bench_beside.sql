-- From version 5 to 6: the workbench of combining is in a file of its own beside the ledger, and is made anew there.

DROP TABLE IF EXISTS bench_state;
DROP TABLE IF EXISTS bench_document;
DROP TABLE IF EXISTS bench_note;
DROP TABLE IF EXISTS bench_noted;
DROP TABLE IF EXISTS bench_key;
DROP TABLE IF EXISTS bench_node;
DROP TABLE IF EXISTS bench_link;
DROP TABLE IF EXISTS bench_outcome;
DROP TABLE IF EXISTS bench_fact;
DROP TABLE IF EXISTS bench_known;
DROP TABLE IF EXISTS bench_fingerprint;
