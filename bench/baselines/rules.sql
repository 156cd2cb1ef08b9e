-- The seven standard rules of server/modules/retention/standard, written by hand over a plain table of facts; $TODAY is the day of the sweep.
-- Products are bigints: in floating point "down by 30 %" counts a few customers wrongly.
select ordinal, days_current is not null as looked,
  bill_previous > 0 and days_previous > 0 and days_current > 0
    and bill_current::bigint * days_previous * 100 <= bill_previous::bigint * days_current * 70 as r0,
  voice_silent_days >= 3 as r1,
  forward_foreign_days >= 3 as r2,
  contract_ends >= date '$TODAY' and contract_ends <= date '$TODAY' + interval 3 month as r3,
  balance_amount < 500 as r4,
  stop_requested >= date '$TODAY' - 1 and stop_requested <= date '$TODAY' as r5,
  arpu_before >= 10000 and plan_prepaid and plan_fee <= 3000
    or voice_silent_days >= 30 and usage_other_than_voice > 0 as r6
from facts
