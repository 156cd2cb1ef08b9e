import { z } from 'zod';
import { ERASED_KINDS } from '#customer/contract';
import { ACCOUNT_MODES, ACCOUNT_STATES, BUNDLE_KINDS, PARTY_KINDS, ROLES, SERVICE_KINDS, SERVICE_STATES } from './model.ts';

/** The wire forms of the three households: who (party), who pays (account), what is used (service). */

export const MOST_RECORDS = 10_000;

/** No control signs, no half signs: they could not be kept as text. */
const clean = (text: string): boolean => text.isWellFormed() && !/\p{Cc}/u.test(text);
const text = (most: number) => z.string().trim().min(1).max(most).refine(clean, { error: 'plain text' });

const Source = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
const Key = text(128);
const Area = text(64).nullable().default(null);
/** An instant: ISO 8601 with offset. */
const Instant = z.iso.datetime({ offset: true });
const Day = z.iso.date();
const Month = z.string().regex(/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])$/);
/** Integer fen. */
const Fen = z.number().int().min(-1_000_000_000_000).max(1_000_000_000_000);

/** A thing's number: in the record's own source, or in the one that is named. */
const Ref = z.union([Key, z.strictObject({ source: Source, key: Key })]);

const said = { source: Source, at: Instant };
const while_ = { since: Instant, until: Instant.nullable().default(null) };

/** `at` is the instant of which the record speaks: of two about the same thing the later one stands, in whatever order they come. */
export const PartyRecord = z.strictObject({
  kind: z.literal('party'),
  ...said,
  key: Key,
  is: z.enum(PARTY_KINDS),
  area: Area,
  /** Goes to the vault. Of an organisation: its name, its registration number, who answers for it. */
  person: z
    .strictObject({ name: text(200), phone: text(128), idNumber: text(128), address: text(500) })
    .partial()
    .default({}),
});
export const AccountRecord = z.strictObject({
  kind: z.literal('account'),
  ...said,
  key: Key,
  mode: z.enum(ACCOUNT_MODES),
  state: z.enum(ACCOUNT_STATES).default('open'),
  area: Area,
});
export const HomeRecord = z.strictObject({
  kind: z.literal('home'),
  ...said,
  key: Key,
  area: Area,
  estate: text(200).nullable().default(null),
  building: text(100).nullable().default(null),
  address: text(500).nullable().default(null),
});
export const ServiceRecord = z.strictObject({
  kind: z.literal('service'),
  ...said,
  key: Key,
  is: z.enum(SERVICE_KINDS),
  /** Mobile number or broadband account. */
  number: text(128).nullable().default(null),
  /** The customer as whom this service is counted. */
  customer: Ref.nullable().default(null),
  home: Ref.nullable().default(null),
  plan: text(200).nullable().default(null),
  state: z.enum(SERVICE_STATES).default('active'),
  since: Instant.nullable().default(null),
  ended: Instant.nullable().default(null),
  area: Area,
});
export const OwnerRecord = z.strictObject({ kind: z.literal('owner'), ...said, service: Ref, party: Ref, ...while_ });
export const PayerRecord = z.strictObject({ kind: z.literal('payer'), ...said, account: Ref, party: Ref, ...while_ });
export const ChargeRecord = z.strictObject({
  kind: z.literal('charge'),
  ...said,
  service: Ref,
  account: Ref,
  /** What of the service: "all", or a part such as "monthly fee". */
  what: text(40).default('all'),
  ...while_,
});
export const BundleRecord = z.strictObject({
  kind: z.literal('bundle'),
  ...said,
  key: Key,
  is: z.enum(BUNDLE_KINDS),
  name: text(200).nullable().default(null),
});
export const TieRecord = z.strictObject({ kind: z.literal('tie'), ...said, bundle: Ref, service: Ref, role: z.enum(ROLES), ...while_ });
export const DeviceRecord = z.strictObject({
  kind: z.literal('device'),
  ...said,
  service: Ref,
  serial: text(128),
  is: text(40),
  ...while_,
});
export const ContractRecord = z.strictObject({
  kind: z.literal('contract'),
  ...said,
  service: Ref,
  is: text(40),
  starts: Day,
  ends: Day.nullable().default(null),
});
export const BillRecord = z.strictObject({
  kind: z.literal('bill'),
  ...said,
  account: Ref,
  month: Month,
  amount: Fen,
  paid: Fen.default(0),
});

export const HouseholdRecord = z.discriminatedUnion('kind', [
  PartyRecord,
  AccountRecord,
  HomeRecord,
  ServiceRecord,
  OwnerRecord,
  PayerRecord,
  ChargeRecord,
  BundleRecord,
  TieRecord,
  DeviceRecord,
  ContractRecord,
  BillRecord,
]);
export type HouseholdRecord = z.infer<typeof HouseholdRecord>;

/**
 * `changed`: records that were new, or whose word is newer than what was there. `erased`: records about people who were erased; of them only facts were
 * taken.
 */
export const PushAnswer = z.object({ records: z.number(), changed: z.number(), erased: z.number() });

/* ── out ── */

const Personal = z.object({ name: z.string(), phone: z.string(), idNumber: z.string(), address: z.string() }).partial();
const Period = { since: z.string(), until: z.string().nullable() };

/** A party as people see it: masked. `mergedInto`: it is read as that one. */
export const PartyCard = z.object({
  id: z.string(),
  source: z.string(),
  is: z.enum(PARTY_KINDS),
  area: z.string().nullable(),
  mergedInto: z.string().nullable(),
  madeAt: z.string(),
  person: Personal,
});
export type PartyCard = z.infer<typeof PartyCard>;

/** `numbers`: under how many numbers of sources it is known, those merged into it counted. */
const HouseholdParty = PartyCard.omit({ mergedInto: true, madeAt: true }).extend({ numbers: z.number() });

const HouseholdAccount = z.object({
  id: z.string(),
  source: z.string(),
  mode: z.enum(ACCOUNT_MODES),
  state: z.enum(ACCOUNT_STATES),
  area: z.string().nullable(),
  /** The latest twelve months, the earliest first; fen. */
  bills: z.array(z.object({ month: z.string(), amount: z.number(), paid: z.number() })),
});
const HouseholdHome = z.object({
  id: z.string(),
  area: z.string().nullable(),
  estate: z.string().nullable(),
  building: z.string().nullable(),
  /** Masked. */
  address: z.string().nullable(),
});
const HouseholdService = z.object({
  id: z.string(),
  source: z.string(),
  is: z.enum(SERVICE_KINDS),
  /** Masked. */
  number: z.string().nullable(),
  /** The id of the customer as whom it is counted, where the caller may see him. */
  customer: z.string().nullable(),
  home: z.string().nullable(),
  plan: z.string().nullable(),
  state: z.enum(SERVICE_STATES),
  since: z.string().nullable(),
  ended: z.string().nullable(),
  area: z.string().nullable(),
  /** The serial is masked; null: nobody knows it any more. */
  devices: z.array(z.object({ id: z.string(), is: z.string(), serial: z.string().nullable(), ...Period })),
  contracts: z.array(z.object({ is: z.string(), starts: z.string(), ends: z.string().nullable() })),
});
const HouseholdBundle = z.object({
  id: z.string(),
  is: z.enum(BUNDLE_KINDS),
  name: z.string().nullable(),
  members: z.array(z.object({ service: z.string(), role: z.enum(ROLES) })),
});

/**
 * The three households around one customer or party, as they hold now, and the lines between them. Lists are cut to the caller's areas. `cut`: there
 * are more services than stand here.
 */
export const Household = z.object({
  parties: z.array(HouseholdParty),
  accounts: z.array(HouseholdAccount),
  services: z.array(HouseholdService),
  homes: z.array(HouseholdHome),
  bundles: z.array(HouseholdBundle),
  /** Who has which service, who answers for which account, which account pays what of which service. */
  owners: z.array(z.object({ service: z.string(), party: z.string(), ...Period, transferred: z.boolean() })),
  payers: z.array(z.object({ account: z.string(), party: z.string(), ...Period })),
  charges: z.array(z.object({ service: z.string(), account: z.string(), what: z.string(), ...Period })),
  cut: z.boolean(),
  at: z.string(),
});
export type Household = z.infer<typeof Household>;

const word = text(200);
/** Personal values and numbers stand in bodies alone. All that are given must fit. */
export const PartySearch = z
  .strictObject({ phone: word.optional(), idNumber: word.optional(), number: word.optional() })
  .refine((s) => s.phone !== undefined || s.idNumber !== undefined || s.number !== undefined, { error: 'phone, idNumber or number' });
export type PartySearch = z.infer<typeof PartySearch>;

const reason = z.string().trim().min(2).max(200);
export const PartyReveal = z.strictObject({
  fields: z
    .array(z.enum(['name', 'phone', 'idNumber', 'address', 'key']))
    .min(1)
    .max(5),
  reason,
});
export type PartyReveal = z.infer<typeof PartyReveal>;
export const ServiceReveal = z.strictObject({
  fields: z
    .array(z.enum(['number', 'key']))
    .min(1)
    .max(2),
  reason,
});
export type ServiceReveal = z.infer<typeof ServiceReveal>;
export const HomeReveal = z.strictObject({
  fields: z
    .array(z.enum(['address', 'key']))
    .min(1)
    .max(2),
  reason,
});
export type HomeReveal = z.infer<typeof HomeReveal>;
export const DeviceReveal = z.strictObject({ fields: z.array(z.literal('serial')).length(1), reason });
export type DeviceReveal = z.infer<typeof DeviceReveal>;

/** Who was erased and is a customer again: his ID number, his phone, his number in a source, or our id of the customer; all that are given are readmitted. */
export const Readmission = z
  .strictObject({
    idNumber: text(128).optional(),
    phone: text(128).optional(),
    record: z.strictObject({ source: Source, key: Key }).optional(),
    customer: z.guid().optional(),
    reason,
  })
  .refine((r) => [r.idNumber, r.phone, r.record, r.customer].some((given) => given !== undefined), {
    error: 'idNumber, phone, record or customer',
  });
export type Readmission = z.infer<typeof Readmission>;

/** What of that is remembered: what it is and since when; of a trial, nothing was changed. */
export const Readmitted = z.object({
  trial: z.boolean(),
  readmitted: z.number(),
  found: z.array(z.object({ kind: z.enum(ERASED_KINDS), at: z.string() })),
});
export type Readmitted = z.infer<typeof Readmitted>;
