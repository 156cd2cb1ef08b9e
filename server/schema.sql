-- Written by "npm run golden". What the migrations of all modules make.

create table audience.audience (
  id uuid not null default gen_random_uuid(),
  name text not null,
  note text not null default ''::text,
  share text not null,
  owner text not null,
  owner_name text not null,
  unit text,
  version integer not null,
  made_at bigint not null,
  changed_at bigint not null,
  archived_at bigint,
  constraint audience_pkey PRIMARY KEY (id),
  constraint audience_share_check CHECK ((share = ANY (ARRAY['private'::text, 'unit'::text, 'everybody'::text])))
);

create table audience.day (
  audience uuid not null,
  day integer not null,
  version integer not null,
  count bigint not null,
  batch bigint not null,
  at bigint not null,
  constraint day_pkey PRIMARY KEY (audience, day),
  constraint day_audience_fkey FOREIGN KEY (audience) REFERENCES audience.audience(id) ON DELETE CASCADE
);

create table audience.export (
  id uuid not null default gen_random_uuid(),
  audience uuid not null,
  version integer not null,
  columns text[] not null,
  purpose text not null,
  reason text not null,
  owner text not null,
  owner_name text not null,
  areas text[],
  state text not null,
  code text,
  people integer,
  quiet integer,
  made_at bigint not null,
  ended_at bigint,
  expires_at bigint,
  constraint export_pkey PRIMARY KEY (id),
  constraint export_audience_fkey FOREIGN KEY (audience) REFERENCES audience.audience(id) ON DELETE CASCADE,
  constraint export_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text, 'expired'::text])))
);

create table audience.export_part (
  export uuid not null,
  part integer not null,
  body bytea not null,
  constraint export_part_pkey PRIMARY KEY (export, part),
  constraint export_part_export_fkey FOREIGN KEY (export) REFERENCES audience.export(id) ON DELETE CASCADE
);

create table audience.list (
  id uuid not null default gen_random_uuid(),
  name text not null,
  share text not null,
  owner text not null,
  owner_name text not null,
  unit text,
  tag integer not null,
  customers integer not null,
  made_at bigint not null,
  constraint list_pkey PRIMARY KEY (id),
  constraint list_share_check CHECK ((share = ANY (ARRAY['private'::text, 'unit'::text, 'everybody'::text])))
);

create table audience.remembered (
  audience uuid not null,
  day integer not null,
  at bigint not null,
  version integer not null,
  batch bigint not null,
  count bigint not null,
  funnel integer[] not null,
  tag integer,
  whole boolean not null,
  constraint remembered_pkey PRIMARY KEY (audience),
  constraint remembered_audience_fkey FOREIGN KEY (audience) REFERENCES audience.audience(id) ON DELETE CASCADE
);

create table audience.version (
  audience uuid not null,
  version integer not null,
  definition json not null,
  tags text[] not null,
  uses uuid[] not null,
  at bigint not null,
  actor text not null,
  actor_name text not null,
  constraint version_pkey PRIMARY KEY (audience, version),
  constraint version_audience_fkey FOREIGN KEY (audience) REFERENCES audience.audience(id) ON DELETE CASCADE
);

create unlogged table customer.arrival (
  load uuid not null,
  "row" bigint not null,
  line bigint not null,
  key_hash uuid not null,
  area text,
  own boolean
);

create table customer.consent (
  id bigint not null generated always as identity,
  ordinal integer not null,
  flag text not null,
  given boolean,
  reason text not null,
  at bigint not null,
  actor text not null,
  constraint consent_pkey PRIMARY KEY (id),
  constraint consent_ordinal_fkey FOREIGN KEY (ordinal) REFERENCES customer.customer(ordinal) ON DELETE CASCADE
);

create table customer.counter (
  one boolean not null default true,
  next integer not null,
  constraint counter_pkey PRIMARY KEY (one),
  constraint counter_one_check CHECK (one)
);

create table customer.customer (
  ordinal integer not null,
  id uuid not null,
  source text not null,
  key_hash uuid not null,
  key bytea not null,
  own boolean,
  area text,
  load uuid,
  since bigint not null,
  gone_at bigint,
  merged_into integer,
  constraint customer_pkey PRIMARY KEY (ordinal),
  constraint customer_id_key UNIQUE (id),
  constraint customer_source_key_hash_key UNIQUE (source, key_hash)
);

create table customer.erased (
  ref uuid not null,
  kind text not null,
  named boolean not null,
  at bigint not null,
  heard_at bigint,
  constraint erased_pkey PRIMARY KEY (ref)
);

create table customer.import (
  id uuid not null,
  source text not null,
  map json not null,
  files json not null,
  allow_loss boolean not null,
  state text not null,
  phase text,
  done bigint not null default 0,
  total bigint not null default 0,
  groups integer[] not null default '{}'::integer[],
  customers bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  vanished bigint not null default 0,
  rejected bigint not null default 0,
  batch bigint,
  code text,
  details json,
  actor text not null,
  made_at bigint not null,
  heard_at bigint not null,
  ended_at bigint,
  erased bigint not null default 0,
  actor_name text,
  constraint import_pkey PRIMARY KEY (id)
);

create table customer.personal (
  ordinal integer not null,
  kind text not null,
  ref uuid not null,
  at bigint not null,
  ended_by uuid,
  constraint personal_pkey PRIMARY KEY (ordinal, kind, ref),
  constraint personal_ordinal_fkey FOREIGN KEY (ordinal) REFERENCES customer.customer(ordinal) ON DELETE CASCADE
);

create unlogged table customer.placed (
  load uuid not null,
  "row" bigint not null,
  ordinal integer,
  state smallint not null,
  first_line bigint,
  area text,
  own boolean,
  constraint placed_pkey PRIMARY KEY (load, "row")
);

create table customer.spoiled (
  load uuid not null,
  ordinal integer not null,
  constraint spoiled_pkey PRIMARY KEY (load, ordinal)
);

create table derivation.derivation (
  tag text not null,
  standard boolean not null default false,
  published integer,
  installed integer,
  ran integer,
  ran_day integer,
  taken text,
  retired bigint,
  retired_by text,
  retired_for text,
  constraint derivation_pkey PRIMARY KEY (tag)
);

create table derivation.draft (
  tag text not null,
  revision integer not null,
  body json not null,
  by text not null,
  at bigint not null,
  constraint draft_pkey PRIMARY KEY (tag),
  constraint draft_tag_fkey FOREIGN KEY (tag) REFERENCES derivation.derivation(tag) ON DELETE CASCADE
);

create table derivation.load (
  id uuid not null,
  constraint load_pkey PRIMARY KEY (id)
);

create table derivation.made (
  tag text not null,
  block integer not null,
  stamp text not null,
  constraint made_pkey PRIMARY KEY (tag, block),
  constraint made_tag_fkey FOREIGN KEY (tag) REFERENCES derivation.derivation(tag) ON DELETE CASCADE
);

create table derivation.run (
  id bigint not null generated always as identity,
  tag text not null,
  version integer not null,
  why text not null,
  state text not null,
  began bigint not null,
  ended bigint,
  done integer not null default 0,
  blocks integer not null,
  customers bigint not null default 0,
  changed bigint not null default 0,
  doubtful json not null default '{}'::json,
  constraint run_pkey PRIMARY KEY (id),
  constraint run_tag_fkey FOREIGN KEY (tag) REFERENCES derivation.derivation(tag) ON DELETE CASCADE,
  constraint run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text]))),
  constraint run_why_check CHECK ((why = ANY (ARRAY['published'::text, 'changed'::text, 'day'::text])))
);

create table derivation.trial (
  id uuid not null,
  tag text not null,
  state text not null,
  heard bigint not null,
  done integer not null default 0,
  blocks integer not null default 0,
  result json,
  constraint trial_pkey PRIMARY KEY (id),
  constraint trial_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
);

create table derivation.version (
  tag text not null,
  version integer not null,
  body json not null,
  by text not null,
  at bigint not null,
  reason text not null,
  constraint version_pkey PRIMARY KEY (tag, version),
  constraint version_tag_fkey FOREIGN KEY (tag) REFERENCES derivation.derivation(tag) ON DELETE CASCADE
);

create table duplicate.crowded (
  key uuid not null,
  kind text not null,
  at bigint not null,
  constraint crowded_pkey PRIMARY KEY (key)
);

create table duplicate.decision (
  id bigint not null generated always as identity,
  pair bigint not null,
  act text not null,
  at bigint not null,
  by text not null,
  by_name text not null,
  reason text,
  rule text,
  evidence text[] not null,
  survivor uuid,
  merged uuid,
  constraint decision_pkey PRIMARY KEY (id),
  constraint decision_pair_fkey FOREIGN KEY (pair) REFERENCES duplicate.pair(id)
);

create table duplicate.finding (
  one boolean not null default true,
  round integer not null default 0,
  phase text not null default 'resting'::text,
  party uuid,
  customer integer,
  opened integer not null default '-1'::integer,
  parties bigint not null default 0,
  compared bigint not null default 0,
  began bigint,
  heard bigint,
  ended bigint,
  crowded json not null default '[]'::json,
  constraint finding_pkey PRIMARY KEY (one),
  constraint finding_one_check CHECK (one)
);

create table duplicate.key (
  key uuid not null,
  party uuid not null,
  kind text not null,
  constraint key_pkey PRIMARY KEY (key, party)
);

create table duplicate.number (
  customer integer not null,
  number uuid not null,
  ref uuid,
  constraint number_pkey PRIMARY KEY (customer, number)
);

create table duplicate.pair (
  id bigint not null generated always as identity,
  kind text not null,
  a uuid not null,
  b uuid not null,
  area_a text,
  area_b text,
  evidence text[] not null,
  weight integer not null,
  grade text not null,
  state text not null,
  found_at bigint not null,
  decided_at bigint,
  judged text[] not null default '{}'::text[],
  survivor uuid,
  constraint pair_pkey PRIMARY KEY (id),
  constraint pair_kind_a_b_key UNIQUE (kind, a, b)
);

create table duplicate.print (
  party uuid not null,
  print uuid not null,
  constraint print_pkey PRIMARY KEY (party)
);

create table enterprise.apart (
  one uuid not null,
  other uuid not null,
  constraint apart_pkey PRIMARY KEY (one, other),
  constraint apart_one_fkey FOREIGN KEY (one) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE,
  constraint apart_other_fkey FOREIGN KEY (other) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE
);

create table enterprise.contact (
  enterprise uuid not null,
  kind text not null,
  ref uuid not null,
  constraint contact_pkey PRIMARY KEY (enterprise, kind),
  constraint contact_enterprise_fkey FOREIGN KEY (enterprise) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE,
  constraint contact_kind_check CHECK ((kind = ANY (ARRAY['name'::text, 'phone'::text])))
);

create table enterprise.enterprise (
  id uuid not null,
  source text not null,
  key text not null,
  name text not null,
  area text,
  industry text,
  manager text,
  said integer not null,
  since integer not null,
  "into" uuid,
  joined_at bigint,
  joined_by text,
  joined_for text,
  constraint enterprise_pkey PRIMARY KEY (id),
  constraint enterprise_source_key_key UNIQUE (source, key),
  constraint enterprise_into_fkey FOREIGN KEY ("into") REFERENCES enterprise.enterprise(id)
);

create table enterprise.fact (
  enterprise uuid not null,
  indicator text not null,
  value bigint,
  at integer not null,
  constraint fact_pkey PRIMARY KEY (enterprise, indicator),
  constraint fact_enterprise_fkey FOREIGN KEY (enterprise) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE
);

create table enterprise.move (
  id bigint not null generated always as identity,
  enterprise uuid not null,
  at bigint not null,
  version integer not null,
  cause text not null,
  was text,
  is_now text,
  was_levels json,
  is_levels json not null,
  because json not null,
  constraint move_pkey PRIMARY KEY (id),
  constraint move_enterprise_fkey FOREIGN KEY (enterprise) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE,
  constraint move_cause_check CHECK ((cause = ANY (ARRAY['first'::text, 'facts'::text, 'tables'::text, 'age'::text])))
);

create table enterprise.placed (
  enterprise uuid not null,
  version integer not null,
  place text,
  value_level text,
  loyalty_level text,
  competition_level text,
  size text,
  revenue bigint,
  since integer not null,
  why json not null,
  constraint placed_pkey PRIMARY KEY (enterprise),
  constraint placed_enterprise_fkey FOREIGN KEY (enterprise) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE,
  constraint placed_version_fkey FOREIGN KEY (version) REFERENCES enterprise.tables(version)
);

create table enterprise.tables (
  version integer not null,
  body json not null,
  reason text not null,
  at bigint not null,
  by text not null,
  constraint tables_pkey PRIMARY KEY (version)
);

create table enterprise.visit (
  id bigint not null generated always as identity,
  enterprise uuid not null,
  state text not null,
  day integer not null,
  place text not null,
  version integer not null,
  offer json not null,
  by text not null,
  by_name text not null,
  at bigint not null,
  note bytea,
  outcome text,
  met boolean,
  outcome_note bytea,
  outcome_by text,
  outcome_by_name text,
  outcome_at bigint,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_enterprise_fkey FOREIGN KEY (enterprise) REFERENCES enterprise.enterprise(id) ON DELETE CASCADE,
  constraint visit_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'done'::text, 'withdrawn'::text])))
);

create table feed.feed (
  id text not null,
  name text not null,
  kind text not null,
  source text not null,
  settings json not null,
  secrets bytea,
  map text not null,
  paused boolean not null,
  created bigint not null,
  version integer not null default 1,
  replay_from bigint,
  "position" json,
  shown text,
  waiting integer,
  looked bigint,
  heard bigint,
  lag integer,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  conflicts bigint not null default 0,
  rejected bigint not null default 0,
  error text,
  error_details json,
  failing bigint,
  constraint feed_pkey PRIMARY KEY (id)
);

create table feed.file (
  id bigint not null generated always as identity,
  feed text not null,
  name text not null,
  size bigint not null,
  sha256 text,
  state text not null,
  kept text,
  rows integer,
  accepted integer not null default 0,
  duplicates integer not null default 0,
  conflicts integer not null default 0,
  rejected integer not null default 0,
  why text,
  why_details json,
  seen bigint not null,
  taken bigint,
  constraint file_pkey PRIMARY KEY (id),
  constraint file_feed_fkey FOREIGN KEY (feed) REFERENCES feed.feed(id) ON DELETE CASCADE
);

create table feed.mark (
  feed text not null,
  minute bigint not null,
  "position" json not null,
  constraint mark_pkey PRIMARY KEY (feed, minute),
  constraint mark_feed_fkey FOREIGN KEY (feed) REFERENCES feed.feed(id) ON DELETE CASCADE
);

create table feed.refused (
  id bigint not null generated always as identity,
  feed text not null,
  at bigint not null,
  place text not null,
  code text not null,
  message text not null,
  sealed bytea not null,
  constraint refused_pkey PRIMARY KEY (id),
  constraint refused_feed_fkey FOREIGN KEY (feed) REFERENCES feed.feed(id) ON DELETE CASCADE
);

create table household.account (
  id uuid not null,
  source text not null,
  key bytea not null,
  mode text not null,
  state text not null,
  area text,
  made_at bigint not null,
  at bigint not null,
  constraint account_pkey PRIMARY KEY (id)
);

create table household.bill (
  account uuid not null,
  month integer not null,
  amount bigint not null,
  paid bigint not null,
  at bigint not null,
  constraint bill_pkey PRIMARY KEY (account, month)
);

create table household.bundle (
  id uuid not null,
  source text not null,
  key bytea not null,
  kind text not null,
  name text,
  made_at bigint not null,
  at bigint not null,
  constraint bundle_pkey PRIMARY KEY (id)
);

create table household.charge (
  service uuid not null,
  account uuid not null,
  what text not null,
  since bigint not null,
  until bigint,
  at bigint not null,
  constraint charge_pkey PRIMARY KEY (service, account, what, since)
);

create table household.contract (
  service uuid not null,
  kind text not null,
  starts integer not null,
  ends integer,
  at bigint not null,
  constraint contract_pkey PRIMARY KEY (service, kind, starts)
);

create table household.device (
  service uuid not null,
  serial_hash uuid not null,
  serial bytea not null,
  kind text not null,
  since bigint not null,
  until bigint,
  at bigint not null,
  constraint device_pkey PRIMARY KEY (service, serial_hash)
);

create table household.home (
  id uuid not null,
  source text not null,
  key bytea not null,
  area text,
  estate text,
  building text,
  address uuid,
  shown bytea,
  made_at bigint not null,
  at bigint not null,
  constraint home_pkey PRIMARY KEY (id)
);

create table household.owner (
  service uuid not null,
  party uuid not null,
  since bigint not null,
  until bigint,
  by_act uuid,
  at bigint not null,
  constraint owner_service_party_since_by_act_key UNIQUE NULLS NOT DISTINCT (service, party, since, by_act)
);

create table household.party (
  id uuid not null,
  source text not null,
  key bytea not null,
  kind text not null,
  area text,
  merged_into uuid,
  made_at bigint not null,
  at bigint not null,
  constraint party_pkey PRIMARY KEY (id)
);

create table household.payer (
  account uuid not null,
  party uuid not null,
  since bigint not null,
  until bigint,
  at bigint not null,
  constraint payer_pkey PRIMARY KEY (account, party, since)
);

create table household.personal (
  party uuid not null,
  kind text not null,
  ref uuid not null,
  at bigint not null,
  constraint personal_pkey PRIMARY KEY (party, kind, ref)
);

create table household.service (
  id uuid not null,
  source text not null,
  key bytea not null,
  kind text not null,
  number uuid,
  shown bytea,
  customer_source text,
  customer uuid,
  home uuid,
  plan text,
  state text not null,
  since bigint,
  ended bigint,
  area text,
  made_at bigint not null,
  at bigint not null,
  constraint service_pkey PRIMARY KEY (id)
);

create table household.tie (
  bundle uuid not null,
  service uuid not null,
  role text not null,
  since bigint not null,
  until bigint,
  at bigint not null,
  constraint tie_pkey PRIMARY KEY (bundle, service, since)
);

create table model.day (
  model text not null,
  day integer not null,
  version integer,
  scored bigint not null,
  unknown bigint not null,
  mean double precision,
  psi double precision,
  inputs json not null,
  judged json,
  state text not null,
  because text[] not null,
  at bigint not null,
  handed boolean not null default false,
  constraint day_pkey PRIMARY KEY (model, day),
  constraint day_model_fkey FOREIGN KEY (model) REFERENCES model.model(id) ON DELETE CASCADE
);

create table model.kept (
  model text not null,
  day integer not null,
  block integer not null,
  version integer,
  whole boolean not null default false,
  scores bytea not null,
  constraint kept_pkey PRIMARY KEY (model, day, block),
  constraint kept_model_fkey FOREIGN KEY (model) REFERENCES model.model(id) ON DELETE CASCADE
);

create table model.model (
  id text not null,
  kind text not null,
  zh text not null,
  en text not null,
  meaning_zh text not null,
  meaning_en text not null,
  scene text not null,
  purpose text not null,
  owner text not null,
  label text,
  horizon integer not null,
  population json,
  score text not null,
  top double precision not null,
  published integer,
  made_at bigint not null,
  made_by text not null,
  monthly boolean not null default false,
  constraint model_pkey PRIMARY KEY (id),
  constraint model_score_key UNIQUE (score),
  constraint model_kind_check CHECK ((kind = ANY (ARRAY['trained'::text, 'outside'::text])))
);

create table model.observation (
  model text not null,
  day integer not null,
  due integer not null,
  state text not null,
  made_at bigint not null,
  made_by text not null,
  began_at bigint,
  beat bigint,
  tries smallint not null default 0,
  done integer not null default 0,
  total integer not null default 0,
  eligible bigint,
  tags json,
  read_day integer,
  code text,
  constraint observation_pkey PRIMARY KEY (model, day),
  constraint observation_model_fkey FOREIGN KEY (model) REFERENCES model.model(id) ON DELETE CASCADE,
  constraint observation_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'kept'::text, 'due'::text, 'ripe'::text, 'failed'::text])))
);

create table model.observed (
  model text not null,
  day integer not null,
  block integer not null,
  people integer not null,
  places bytea not null,
  cells bytea not null,
  outcome bytea,
  yes integer not null default 0,
  no integer not null default 0,
  constraint observed_pkey PRIMARY KEY (model, day, block),
  constraint observed_model_day_fkey FOREIGN KEY (model, day) REFERENCES model.observation(model, day) ON DELETE CASCADE
);

create table model.refresh (
  model text not null,
  asked_at bigint not null,
  served_at bigint not null default 0,
  beat bigint,
  tries smallint not null default 0,
  load uuid,
  done integer not null default 0,
  total integer not null default 0,
  ended_at bigint,
  version integer,
  scored bigint not null default 0,
  changed bigint not null default 0,
  spread bigint[],
  failed boolean not null default false,
  constraint refresh_pkey PRIMARY KEY (model),
  constraint refresh_model_fkey FOREIGN KEY (model) REFERENCES model.model(id) ON DELETE CASCADE
);

create table model.version (
  model text not null,
  n integer not null,
  state text not null,
  made_at bigint not null,
  made_by text not null,
  began_at bigint,
  beat bigint,
  tries smallint not null default 0,
  ended_at bigint,
  published_at bigint,
  seed integer not null,
  wanted text[],
  most integer not null default 200000,
  step text not null default 'waiting'::text,
  done integer not null default 0,
  total integer not null default 0,
  code text,
  details json,
  summary json,
  figures json,
  base json,
  trained bytea,
  observed integer[],
  constraint version_pkey PRIMARY KEY (model, n),
  constraint version_model_fkey FOREIGN KEY (model) REFERENCES model.model(id) ON DELETE CASCADE,
  constraint version_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'training'::text, 'trained'::text, 'published'::text, 'retired'::text, 'failed'::text])))
);

create table org.account (
  id uuid not null default gen_random_uuid(),
  login text not null,
  name text not null,
  password text,
  role text not null,
  unit text not null,
  partner_kind text,
  partner_value text,
  language text,
  open boolean not null default true,
  subject text,
  created_at timestamp with time zone not null default now(),
  signed_in_at timestamp with time zone,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_login_key UNIQUE (login),
  constraint account_subject_key UNIQUE (subject),
  constraint account_unit_fkey FOREIGN KEY (unit) REFERENCES org.unit(code)
);

create table org.colleague (
  id text not null,
  post text not null,
  unit text not null,
  subject uuid not null,
  name uuid,
  phone uuid,
  constraint colleague_pkey PRIMARY KEY (id)
);

create table org.session (
  token bytea not null,
  account uuid not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  address text,
  constraint session_pkey PRIMARY KEY (token),
  constraint session_account_fkey FOREIGN KEY (account) REFERENCES org.account(id)
);

create table org.setting (
  name text not null,
  value jsonb not null,
  sealed bytea,
  constraint setting_pkey PRIMARY KEY (name)
);

create table org.unit (
  code text not null,
  parent text,
  level text not null,
  names jsonb not null,
  constraint unit_pkey PRIMARY KEY (code),
  constraint unit_parent_fkey FOREIGN KEY (parent) REFERENCES org.unit(code)
);

create table place.building (
  id uuid not null default gen_random_uuid(),
  estate uuid not null,
  source text not null,
  key text not null,
  zh text not null,
  en text not null,
  value text not null,
  lng double precision,
  lat double precision,
  floors smallint,
  units smallint,
  households integer,
  ports_total integer,
  ports_free integer,
  at bigint not null,
  gone_at bigint,
  gone_why text,
  gone_into text,
  constraint building_pkey PRIMARY KEY (id),
  constraint building_source_key_key UNIQUE (source, key),
  constraint building_estate_fkey FOREIGN KEY (estate) REFERENCES place.estate(id) ON DELETE CASCADE,
  constraint building_value EXCLUDE USING btree (estate WITH =, value WITH =) WHERE ((gone_at IS NULL)) DEFERRABLE INITIALLY DEFERRED
);

create table place.estate (
  id uuid not null default gen_random_uuid(),
  source text not null,
  key text not null,
  area text not null,
  zh text not null,
  en text not null,
  value text not null,
  lng double precision,
  lat double precision,
  outline json,
  west double precision,
  south double precision,
  east double precision,
  north double precision,
  households integer,
  at bigint not null,
  gone_at bigint,
  gone_why text,
  gone_into text,
  constraint estate_pkey PRIMARY KEY (id),
  constraint estate_source_key_key UNIQUE (source, key),
  constraint estate_value EXCLUDE USING btree (value WITH =) WHERE ((gone_at IS NULL)) DEFERRABLE INITIALLY DEFERRED
);

create table place.home (
  id uuid not null default gen_random_uuid(),
  area text not null,
  day integer not null,
  rank smallint not null,
  ordinal integer not null,
  customer uuid not null,
  estate text,
  building text,
  score integer not null,
  reasons json not null,
  others integer not null,
  holder text,
  holder_name text,
  constraint home_pkey PRIMARY KEY (id),
  constraint home_area_day_ordinal_key UNIQUE (area, day, ordinal),
  constraint home_area_day_rank_key UNIQUE (area, day, rank),
  constraint home_area_day_fkey FOREIGN KEY (area, day) REFERENCES place.list(area, day) ON DELETE CASCADE
);

create table place.list (
  area text not null,
  day integer not null,
  made_at bigint not null,
  version integer not null,
  left_json json not null,
  missing text[] not null,
  constraint list_pkey PRIMARY KEY (area, day)
);

create table place.visit (
  id uuid not null,
  home uuid not null,
  area text not null,
  ordinal integer not null,
  customer uuid not null,
  day integer not null,
  at bigint not null,
  by text not null,
  by_name text not null,
  result text not null,
  note uuid,
  free_from integer not null,
  undone_at bigint,
  constraint visit_pkey PRIMARY KEY (id),
  constraint visit_home_fkey FOREIGN KEY (home) REFERENCES place.home(id) ON DELETE CASCADE
);

create table platform.audit (
  id bigint not null generated always as identity,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  act text not null,
  object text not null,
  reason text,
  details jsonb not null default '{}'::jsonb,
  address text,
  constraint audit_pkey PRIMARY KEY (id)
);

create table platform.delivery (
  news bigint not null,
  listener text not null,
  key text not null,
  attempts integer not null default 0,
  due_at timestamp with time zone not null default now(),
  done_at timestamp with time zone,
  parked_at timestamp with time zone,
  fault text,
  constraint delivery_pkey PRIMARY KEY (news, listener),
  constraint delivery_news_fkey FOREIGN KEY (news) REFERENCES platform.news(id) ON DELETE CASCADE
);

create unlogged table platform.limit (
  key uuid not null,
  used integer not null,
  ends timestamp with time zone not null,
  constraint limit_pkey PRIMARY KEY (key)
);

create table platform.migration (
  module text not null,
  name text not null,
  digest text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (module, name)
);

create table platform.news (
  id bigint not null generated always as identity,
  type text not null,
  key text not null,
  once text,
  body jsonb not null,
  at timestamp with time zone not null,
  constraint news_pkey PRIMARY KEY (id),
  constraint news_once_key UNIQUE (once)
);

create table platform.subscription (
  type text not null,
  listener text not null,
  constraint subscription_pkey PRIMARY KEY (type, listener)
);

create table retention.assigned (
  assignment bigint not null,
  case_id bigint not null,
  state text not null,
  because text,
  holder text,
  holder_name text,
  taken_at bigint,
  constraint assigned_pkey PRIMARY KEY (assignment, case_id),
  constraint assigned_assignment_fkey FOREIGN KEY (assignment) REFERENCES retention.assignment(id) ON DELETE CASCADE,
  constraint assigned_case_id_fkey FOREIGN KEY (case_id) REFERENCES retention."case"(id) ON DELETE CASCADE
);

create table retention.assignment (
  id bigint not null generated always as identity,
  at bigint not null,
  by text not null,
  by_name text not null,
  holder text not null,
  holder_name text not null,
  undone_at bigint,
  constraint assignment_pkey PRIMARY KEY (id)
);

create table retention.case (
  id bigint not null generated always as identity,
  ordinal integer not null,
  person uuid,
  area text,
  state text not null,
  because text,
  priority smallint not null,
  rules text[] not null,
  opened integer not null,
  last integer not null,
  opened_at bigint not null,
  holder text,
  holder_name text,
  taken_at bigint,
  outcome text,
  cause text,
  closed_at bigint,
  closed_by text,
  quiet_until integer,
  constraint case_pkey PRIMARY KEY (id),
  constraint case_state_check CHECK ((state = ANY (ARRAY['open'::text, 'suppressed'::text, 'taken'::text, 'closed'::text])))
);

create table retention.departure (
  ordinal integer not null,
  day integer not null,
  constraint departure_pkey PRIMARY KEY (ordinal, day)
);

create table retention.hit (
  case_id bigint not null,
  ordinal integer not null,
  rule text not null,
  version integer not null,
  first integer not null,
  last integer not null,
  days integer not null default 1,
  evidence json not null,
  latest json not null,
  constraint hit_pkey PRIMARY KEY (case_id, rule, version),
  constraint hit_case_id_fkey FOREIGN KEY (case_id) REFERENCES retention."case"(id) ON DELETE CASCADE
);

create table retention.looked (
  block integer not null,
  body bytea not null,
  constraint looked_pkey PRIMARY KEY (block)
);

create table retention.note (
  id bigint not null generated always as identity,
  case_id bigint not null,
  at bigint not null,
  by text not null,
  text bytea not null,
  constraint note_pkey PRIMARY KEY (id),
  constraint note_case_id_fkey FOREIGN KEY (case_id) REFERENCES retention."case"(id) ON DELETE CASCADE
);

create table retention.rule (
  id text not null,
  version integer not null,
  body json not null,
  at bigint not null,
  by text not null,
  constraint rule_pkey PRIMARY KEY (id, version)
);

create table retention.run (
  day integer not null,
  state text not null,
  began bigint not null,
  heard bigint not null,
  ended bigint,
  customers bigint not null default 0,
  cases bigint not null default 0,
  suppressed bigint not null default 0,
  departed bigint not null default 0,
  facts json not null default '{}'::json,
  doubtful json not null default '{}'::json,
  trouble text,
  constraint run_pkey PRIMARY KEY (day),
  constraint run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text, 'failed'::text])))
);

create table retention.spoken (
  day integer not null,
  rule text not null,
  version integer not null,
  hits bigint not null,
  known bigint not null,
  trouble text,
  constraint spoken_pkey PRIMARY KEY (day, rule),
  constraint spoken_day_fkey FOREIGN KEY (day) REFERENCES retention.run(day) ON DELETE CASCADE
);

create table scenario.draft (
  id text not null,
  body json not null,
  based_on integer not null,
  revision integer not null,
  edited_at bigint not null,
  edited_by text not null,
  constraint draft_pkey PRIMARY KEY (id)
);

create table scenario.version (
  id text not null,
  version integer not null,
  body json not null,
  published_at bigint not null,
  published_by text not null,
  constraint version_pkey PRIMARY KEY (id, version)
);

create table source.source (
  id text not null,
  name text not null,
  scenario text,
  zone text,
  open json not null,
  roles json not null,
  token_hash text,
  registered_at bigint not null,
  constraint source_pkey PRIMARY KEY (id),
  constraint source_token_hash_key UNIQUE (token_hash)
);

create table tag.batch (
  id bigint not null generated always as identity,
  at bigint not null,
  source text not null,
  actor text not null,
  customers bigint not null,
  tags integer[] not null,
  blocks integer[] not null,
  constraint batch_pkey PRIMARY KEY (id)
);

create table tag.block (
  tag integer not null,
  block integer not null,
  base bigint not null default 0,
  width smallint not null default 1,
  known bytea,
  body bytea not null,
  constraint block_pkey PRIMARY KEY (tag, block),
  constraint block_tag_fkey FOREIGN KEY (tag) REFERENCES tag.tag(id) ON DELETE CASCADE
);

create table tag.closed (
  day integer not null,
  at bigint not null,
  constraint closed_pkey PRIMARY KEY (day)
);

create table tag.day (
  tag integer not null,
  day integer not null,
  batch bigint not null,
  scale smallint not null,
  known bigint not null,
  yes bigint not null,
  low bigint,
  high bigint,
  sum numeric not null,
  counts integer[] not null,
  since integer,
  causes jsonb not null,
  constraint day_pkey PRIMARY KEY (tag, day),
  constraint day_tag_fkey FOREIGN KEY (tag) REFERENCES tag.tag(id) ON DELETE CASCADE
);

create table tag.mark (
  id bigint not null generated always as identity,
  tag integer not null,
  based integer,
  at bigint not null,
  batch bigint not null,
  scale smallint not null,
  kind text not null,
  zh text not null,
  en text not null,
  known bigint,
  yes bigint,
  sum numeric,
  moved_known bigint,
  moved_yes bigint,
  moved_sum numeric,
  constraint mark_pkey PRIMARY KEY (id),
  constraint mark_tag_fkey FOREIGN KEY (tag) REFERENCES tag.tag(id) ON DELETE CASCADE
);

create table tag.staged (
  load uuid not null,
  tag integer not null,
  block integer not null,
  base bigint not null,
  width smallint not null,
  scale smallint not null,
  known bytea,
  body bytea,
  mask bytea,
  was text,
  constraint staged_pkey PRIMARY KEY (load, tag, block)
);

create table tag.stood (
  block integer not null,
  body bytea not null,
  constraint stood_pkey PRIMARY KEY (block)
);

create table tag.tag (
  id integer not null generated by default as identity,
  name text not null,
  kind text not null,
  scale smallint not null default 0,
  zh text not null default ''::text,
  en text not null default ''::text,
  meaning_zh text not null default ''::text,
  meaning_en text not null default ''::text,
  rule text,
  owner text,
  source text,
  purposes text[] not null default '{}'::text[],
  speaks_of text,
  refresh text,
  confidence smallint,
  hidden boolean not null default false,
  made_at bigint not null,
  loaded_at bigint,
  batch bigint not null default 0,
  constraint tag_pkey PRIMARY KEY (id),
  constraint tag_name_key UNIQUE (name),
  constraint tag_confidence_check CHECK (((confidence >= 0) AND (confidence <= 100))),
  constraint tag_kind_check CHECK ((kind = ANY (ARRAY['flag'::text, 'oneOf'::text, 'number'::text, 'date'::text]))),
  constraint tag_scale_check CHECK (((scale >= 0) AND (scale <= 6)))
);

create table tag.tally (
  tag integer not null,
  block integer not null,
  known integer not null,
  yes integer not null,
  low bigint,
  high bigint,
  counts integer[] not null,
  sum numeric,
  based integer,
  came_known integer not null default 0,
  came_yes integer not null default 0,
  came_sum numeric not null default 0,
  went_known integer not null default 0,
  went_yes integer not null default 0,
  went_sum numeric not null default 0,
  constraint tally_pkey PRIMARY KEY (tag, block),
  constraint tally_tag_fkey FOREIGN KEY (tag) REFERENCES tag.tag(id) ON DELETE CASCADE
);

create table tag.value (
  tag integer not null,
  code integer not null,
  value text not null,
  zh text not null default ''::text,
  en text not null default ''::text,
  constraint value_pkey PRIMARY KEY (tag, code),
  constraint value_tag_value_key UNIQUE (tag, value),
  constraint value_tag_fkey FOREIGN KEY (tag) REFERENCES tag.tag(id) ON DELETE CASCADE,
  constraint value_code_check CHECK ((code > 0))
);

create table tracking.batch (
  n bigint not null default nextval('tracking.batch_n'::regclass),
  xid xid8 not null default pg_current_xact_id(),
  at bigint not null,
  journeys uuid[] not null,
  counts json not null,
  constraint batch_pkey PRIMARY KEY (n)
);

create sequence tracking.batch_n;

create table tracking.conflict (
  id bigint not null generated always as identity,
  event bigint not null,
  source text not null,
  sid text not null,
  at bigint not null,
  other bytea not null,
  settled text,
  settled_by text,
  settled_at bigint,
  content uuid,
  constraint conflict_pkey PRIMARY KEY (id)
);

create table tracking.edge (
  a uuid not null,
  b uuid not null,
  constraint edge_pkey PRIMARY KEY (a, b)
);

create table tracking.erasure (
  id uuid not null,
  at bigint not null,
  by text not null,
  reason text not null,
  asked json,
  done bigint,
  journeys integer,
  events integer,
  vals integer,
  shared integer,
  doubtful integer,
  customers integer,
  parties integer,
  services integer,
  homes integer,
  contacts integer,
  others integer,
  constraint erasure_pkey PRIMARY KEY (id)
);

create table tracking.event (
  id bigint not null,
  source text not null,
  sid text not null,
  type text not null,
  at bigint not null,
  seq integer not null,
  received bigint not null,
  keys json not null,
  scenario text,
  handler text,
  person json,
  data json,
  sealed bytea,
  marks smallint not null,
  constraint event_pkey PRIMARY KEY (id)
) partition by RANGE (id);

create sequence tracking.event_n;

create table tracking.import (
  id uuid not null,
  source text not null,
  at bigint not null,
  by text not null,
  constraint import_pkey PRIMARY KEY (id)
);

create table tracking.import_object (
  import uuid not null,
  object uuid not null,
  constraint import_object_pkey PRIMARY KEY (import, object)
);

create table tracking.journey (
  id uuid not null,
  struct integer not null,
  scenario text not null,
  version integer not null,
  fold_version smallint not null,
  state smallint not null,
  root_kind text not null,
  root_value text not null,
  started bigint not null,
  finished bigint,
  last bigint not null,
  own_over bigint,
  stage text,
  milestone text,
  holder text,
  handler text,
  holder_since bigint,
  holder_limit bigint,
  wait text,
  wait_since bigint,
  wait_until bigint,
  due bigint,
  due_soon bigint,
  area text,
  urged smallint not null,
  reason text,
  events integer not null,
  loose integer not null,
  sources text[] not null,
  fold json not null,
  constraint journey_pkey PRIMARY KEY (id)
);

create table tracking.ledger (
  identity uuid not null,
  content uuid not null,
  event bigint not null,
  constraint ledger_pkey PRIMARY KEY (identity)
);

create table tracking.link (
  journey uuid not null,
  at bigint not null,
  event bigint not null,
  via smallint not null,
  constraint link_pkey PRIMARY KEY (journey, at, event)
);

create table tracking.member (
  object uuid not null,
  journey uuid not null,
  distance smallint not null,
  since bigint not null,
  constraint member_pkey PRIMARY KEY (object, journey)
);

create table tracking.object (
  id uuid not null,
  kind text not null,
  role text not null,
  value text,
  constraint object_pkey PRIMARY KEY (id)
);

create table tracking.parked (
  object uuid not null,
  event bigint not null,
  constraint parked_pkey PRIMARY KEY (object, event)
);

create table tracking.pulse (
  source text not null,
  minute bigint not null,
  accepted bigint not null,
  constraint pulse_pkey PRIMARY KEY (source, minute)
);

create table tracking.repair (
  id bigint not null generated always as identity,
  act text not null,
  object uuid not null,
  journey uuid not null,
  kind text not null,
  value text,
  reason text not null,
  by text not null,
  at bigint not null,
  undone bigint,
  undone_by text,
  constraint repair_pkey PRIMARY KEY (id)
);

create table tracking.rolled (
  one boolean not null default true,
  xid xid8 not null,
  constraint rolled_pkey PRIMARY KEY (one),
  constraint rolled_one_check CHECK (one)
);

create table tracking.tally (
  source text not null,
  accepted bigint not null,
  duplicates bigint not null,
  conflicts bigint not null,
  rejected bigint not null,
  heard bigint,
  constraint tally_pkey PRIMARY KEY (source)
);

create table tracking.ticket (
  hash uuid not null,
  journey uuid not null,
  made bigint not null,
  by text not null,
  constraint ticket_pkey PRIMARY KEY (hash)
);

create table transfer.transfer (
  id uuid not null,
  service uuid not null,
  from_parties uuid[] not null,
  to_party uuid not null,
  area text,
  customer integer,
  at bigint not null,
  reason text not null,
  proof bytea not null,
  said json not null,
  made_at bigint not null,
  by text not null,
  by_name text not null,
  undone_at bigint,
  undone_by text,
  undone_by_name text,
  undo_reason text,
  constraint transfer_pkey PRIMARY KEY (id)
);

create table vault.erasure (
  subject uuid not null,
  at timestamp with time zone not null default clock_timestamp(),
  reason text not null,
  by text not null,
  constraint erasure_pkey PRIMARY KEY (subject, at)
);

create table vault.key (
  one boolean not null default true,
  proof bytea not null,
  constraint key_pkey PRIMARY KEY (one),
  constraint key_one_check CHECK (one)
);

create table vault.secret (
  subject uuid not null,
  id uuid not null,
  kind text not null,
  sealed bytea not null,
  constraint secret_pkey PRIMARY KEY (subject, id)
);

create table vault.subject (
  id uuid not null,
  wrapped bytea not null,
  constraint subject_pkey PRIMARY KEY (id)
);

CREATE INDEX audience_by_name ON audience.audience USING btree (name, id);

CREATE INDEX audience_by_owner ON audience.audience USING btree (owner);

CREATE INDEX export_open ON audience.export USING btree (made_at) WHERE (state = ANY (ARRAY['waiting'::text, 'done'::text]));

CREATE INDEX version_by_tag ON audience.version USING gin (tags);

CREATE INDEX version_by_use ON audience.version USING gin (uses);

CREATE INDEX consent_latest ON customer.consent USING btree (ordinal, id DESC);

CREATE INDEX customer_by_area ON customer.customer USING btree (area, ordinal);

CREATE INDEX customer_merged ON customer.customer USING btree (ordinal) WHERE (merged_into IS NOT NULL);

CREATE UNIQUE INDEX import_alone ON customer.import USING btree (source) WHERE (state = ANY (ARRAY['queued'::text, 'working'::text]));

CREATE INDEX import_open ON customer.import USING btree (state) WHERE (state = ANY (ARRAY['receiving'::text, 'queued'::text, 'working'::text, 'failed'::text]));

CREATE INDEX personal_by_ref ON customer.personal USING btree (ref);

CREATE INDEX placed_by_ordinal ON customer.placed USING btree (load, ordinal);

CREATE INDEX run_by_tag ON derivation.run USING btree (tag, id DESC);

CREATE INDEX decision_by_pair ON duplicate.decision USING btree (pair, id DESC);

CREATE INDEX key_by_party ON duplicate.key USING btree (party);

CREATE INDEX number_shared ON duplicate.number USING btree (number, customer);

CREATE INDEX pair_by_a ON duplicate.pair USING btree (a);

CREATE INDEX pair_by_b ON duplicate.pair USING btree (b);

CREATE INDEX pair_list ON duplicate.pair USING btree (state, weight DESC, id DESC);

CREATE INDEX contact_by_ref ON enterprise.contact USING btree (ref);

CREATE INDEX enterprise_by_area ON enterprise.enterprise USING btree (area, id);

CREATE INDEX enterprise_joined ON enterprise.enterprise USING btree ("into") WHERE ("into" IS NOT NULL);

CREATE INDEX move_by_enterprise ON enterprise.move USING btree (enterprise, id DESC);

CREATE INDEX move_by_time ON enterprise.move USING btree (at) WHERE (cause <> 'first'::text);

CREATE INDEX placed_by_levels ON enterprise.placed USING btree (value_level, loyalty_level, competition_level);

CREATE INDEX placed_by_revenue ON enterprise.placed USING btree (COALESCE(revenue, ('-1'::integer)::bigint) DESC, enterprise);

CREATE INDEX visit_by_enterprise ON enterprise.visit USING btree (enterprise, id DESC);

CREATE UNIQUE INDEX visit_planned ON enterprise.visit USING btree (enterprise) WHERE (state = 'planned'::text);

CREATE INDEX file_content ON feed.file USING btree (feed, sha256) WHERE (state = ANY (ARRAY['taken'::text, 'done'::text]));

CREATE UNIQUE INDEX file_here ON feed.file USING btree (feed, name) WHERE (state = ANY (ARRAY['waiting'::text, 'taking'::text, 'taken'::text]));

CREATE INDEX file_latest ON feed.file USING btree (feed, id DESC);

CREATE INDEX refused_latest ON feed.refused USING btree (feed, id DESC);

CREATE INDEX charge_by_account ON household.charge USING btree (account);

CREATE INDEX owner_by_act ON household.owner USING btree (by_act) WHERE (by_act IS NOT NULL);

CREATE INDEX owner_by_party ON household.owner USING btree (party);

CREATE INDEX party_by_area ON household.party USING btree (area, id);

CREATE INDEX party_merged ON household.party USING btree (merged_into) WHERE (merged_into IS NOT NULL);

CREATE INDEX payer_by_party ON household.payer USING btree (party);

CREATE INDEX personal_by_ref ON household.personal USING btree (ref, kind, party);

CREATE INDEX service_by_customer ON household.service USING btree (customer, customer_source) WHERE (customer IS NOT NULL);

CREATE INDEX service_by_home ON household.service USING btree (home) WHERE (home IS NOT NULL);

CREATE INDEX service_by_number ON household.service USING btree (number) WHERE (number IS NOT NULL);

CREATE INDEX tie_by_service ON household.tie USING btree (service);

CREATE INDEX observation_at_work ON model.observation USING btree (made_at) WHERE (state = ANY (ARRAY['asked'::text, 'due'::text]));

CREATE INDEX observed_block ON model.observed USING btree (block);

CREATE INDEX version_at_work ON model.version USING btree (made_at) WHERE (state = ANY (ARRAY['draft'::text, 'training'::text]));

CREATE INDEX account_by_unit ON org.account USING btree (unit, login);

CREATE INDEX session_by_account ON org.session USING btree (account);

CREATE INDEX session_by_age ON org.session USING btree (seen_at);

CREATE INDEX unit_by_parent ON org.unit USING btree (parent);

CREATE UNIQUE INDEX unit_one_root ON org.unit USING btree ((true)) WHERE (parent IS NULL);

CREATE INDEX estate_by_area ON place.estate USING btree (area, zh, id);

CREATE INDEX visit_by_customer ON place.visit USING btree (customer, at) WHERE (undone_at IS NULL);

CREATE INDEX visit_resting ON place.visit USING btree (area, free_from) WHERE (undone_at IS NULL);

CREATE UNIQUE INDEX visit_stands ON place.visit USING btree (home) WHERE (undone_at IS NULL);

CREATE INDEX audit_by_act ON platform.audit USING btree (act, id DESC);

CREATE INDEX audit_by_actor ON platform.audit USING btree (actor_id, id DESC);

CREATE INDEX audit_by_object ON platform.audit USING btree (object, id DESC);

CREATE INDEX delivery_due ON platform.delivery USING btree (due_at, news) WHERE ((done_at IS NULL) AND (parked_at IS NULL));

CREATE INDEX delivery_open ON platform.delivery USING btree (listener, key, news) WHERE (done_at IS NULL);

CREATE INDEX delivery_parked ON platform.delivery USING btree (parked_at, news) WHERE ((done_at IS NULL) AND (parked_at IS NOT NULL));

CREATE INDEX limit_ends ON platform."limit" USING btree (ends);

CREATE INDEX case_by_area ON retention."case" USING btree (area, state, priority, id DESC);

CREATE INDEX case_by_opened ON retention."case" USING btree (opened);

CREATE INDEX case_by_ordinal ON retention."case" USING btree (ordinal, id DESC);

CREATE INDEX case_list ON retention."case" USING btree (state, priority, id DESC);

CREATE UNIQUE INDEX case_live ON retention."case" USING btree (ordinal) WHERE (state <> 'closed'::text);

CREATE INDEX departure_by_day ON retention.departure USING btree (day);

CREATE INDEX hit_by_rule ON retention.hit USING btree (rule, first);

CREATE INDEX note_by_case ON retention.note USING btree (case_id, id);

CREATE INDEX batch_latest ON tag.batch USING btree (id DESC);

CREATE INDEX mark_by_tag ON tag.mark USING btree (tag, id);

CREATE INDEX batch_xid ON tracking.batch USING btree (xid);

CREATE UNIQUE INDEX conflict_once ON tracking.conflict USING btree (event, content);

CREATE INDEX erasure_at ON tracking.erasure USING btree (at DESC, id DESC);

CREATE INDEX erasure_done ON tracking.erasure USING btree (id) WHERE (done IS NOT NULL);

CREATE INDEX event_unknown_scenario ON ONLY tracking.event USING btree (scenario) WHERE (((marks)::integer & 4) <> 0);

CREATE INDEX journey_finished ON tracking.journey USING btree (finished) WHERE (finished IS NOT NULL);

CREATE INDEX journey_open ON tracking.journey USING btree (scenario, started DESC) WHERE (state = 0);

CREATE INDEX journey_started ON tracking.journey USING btree (started DESC, id DESC);

CREATE INDEX member_journey ON tracking.member USING btree (journey);

CREATE INDEX object_value ON tracking.object USING btree (value text_pattern_ops) WHERE (value IS NOT NULL);

CREATE INDEX parked_event ON tracking.parked USING btree (event);

CREATE INDEX repair_journey ON tracking.repair USING btree (journey) WHERE (undone IS NULL);

CREATE INDEX repair_object ON tracking.repair USING btree (object) WHERE (undone IS NULL);

CREATE INDEX transfer_by_customer ON transfer.transfer USING btree (customer) WHERE (customer IS NOT NULL);

CREATE INDEX transfer_by_from ON transfer.transfer USING gin (from_parties);

CREATE INDEX transfer_by_service ON transfer.transfer USING btree (service, made_at DESC);

CREATE INDEX transfer_by_to ON transfer.transfer USING btree (to_party);

CREATE INDEX secret_by_id ON vault.secret USING btree (id);

CREATE OR REPLACE FUNCTION platform.audit_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'the audit trail is only ever added to'; end $function$
;

CREATE TRIGGER audit_stays BEFORE DELETE OR UPDATE OR TRUNCATE ON platform.audit FOR EACH STATEMENT EXECUTE FUNCTION platform.audit_stays();
