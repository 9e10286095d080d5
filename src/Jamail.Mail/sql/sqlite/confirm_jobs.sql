-- confirm_jobs: Redis holds the jobs; mails finished or moved meanwhile stay as they are.
-- params: items text, a JSON list of {id, lease: until when it was its adder's, another time says that it was moved}, epoch text, checkAt bigint
update {t}mail_job as j set state = 2, epoch = @epoch, due_at = @checkAt
from json_each(@items) g
where j.id = g.value ->> 'id' and j.state = 1 and j.due_at = g.value ->> 'lease'
