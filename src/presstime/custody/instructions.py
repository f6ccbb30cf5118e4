"""What a bundle says of itself, for whoever opens it without presstime.

Goes out: the text of README.txt, the same in every bundle. Example: its second step is `sha256sum -c SHA256SUMS`.
"""

from __future__ import annotations

__all__ = ["INSTRUCTIONS"]

INSTRUCTIONS = """\
A story's record, sealed by presstime.

What is in it
  report.html, brief.md, findings.json   the report that was compiled (in a redacted bundle, of what is left)
  editions/                              the reports that were published, as they were
  archive/                               the raw material; each file is named by its SHA-256
  ledger/log.jsonl                       the chain: one row for every entry, with what it commits to
  ledger/readings.jsonl                  everything that was read, one reading a line, with character offsets
  ledger/*.jsonl                         documents, corrections, decisions and the rest, one a line
  seal.json                              when it was sealed, with what, and the last row of the log
  SHA256SUMS                             the SHA-256 of every file
  SHA256SUMS.sig, key.pub.pem            the signature over SHA256SUMS (Ed25519), and the key it fits
  SHA256SUMS.tsr                         a timestamp over SHA256SUMS (RFC 3161), if one was asked for

To verify it with presstime
  presstime verify BUNDLE.zip
  presstime verify BUNDLE.zip --key key-you-got-from-the-sender.pub.pem

To verify it without presstime
  1. unzip BUNDLE.zip -d bundle && cd bundle
  2. sha256sum -c SHA256SUMS
  3. openssl pkeyutl -verify -pubin -inkey key.pub.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig
     Ask the sender, by another way, whether this is their key:
     openssl pkey -pubin -in key.pub.pem -outform DER | tail -c 32 | sha256sum
  4. openssl ts -verify -data SHA256SUMS -in SHA256SUMS.tsr -CAfile the-authority's-certificate.pem
  5. In archive/, sha256sum of each file in a folder of two letters is its name.
  6. In ledger/log.jsonl, of each row
     commitment is the SHA-256 of "salt" followed by "payload";
     hash is the SHA-256 of the JSON list [number, at, kind, commitment, previous], written without spaces;
     previous is the hash of the row before it, and of the first row 64 zeros.
     A row with "left_out" or "erased_by" has no payload: it shows that there was an entry, and not what it said.
"""
