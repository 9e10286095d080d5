-- A mail that goes in parts: what the transaction under way, or in doubt, leaves out. It stands here before that transaction can be accepted.

alter table {t}mail_send_log add column part_left text;  -- a JSON list of addresses; null: it goes to all that have not got it
