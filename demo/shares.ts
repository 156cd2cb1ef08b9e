/**
 * The demo's settings: every share of `scenarios.md` §8 and the few more that a believable city needs. Shares are of the orders that
 * could meet the thing: one without a visit cannot be re-appointed.
 */
export const SHARES = {
  /** Journeys in the first sixty days. */
  journeys: 20_000,
  /** Of a hundred journeys. */
  scenarios: {
    'broadband-new': 24,
    'bundle-new': 14,
    'broadband-move': 5,
    'broadband-speed': 6,
    'home-wifi': 3,
    'iptv-new': 4,
    'broadband-cancel': 4,
    'sim-online': 12,
    'sim-store': 6,
    'sim-port-in': 2,
    'sim-replace': 3,
    'terminal-purchase': 3,
    'enterprise-fast-line': 1.5,
    'enterprise-dedicated-line': 0.5,
    'enterprise-voice': 0.5,
    'fault-repair': 9,
    'outlet-sim-supply': 2.5,
  } as Readonly<Record<string, number>>,
  factors: { saturday: 1.4, mondayFaults: 1.3, rainFaults: 1.5, promotion: 2, enterpriseWeekend: 0.06, rainyDays: 0.22 },
  line: {
    reappointed: 0.18,
    /** Of the re-appointed: written down as the customer's wish, which it was not. */
    falselyReappointed: 0.1,
    noAnswer: 0.09,
    noPort: 0.04,
    /** No port in the new town; what the others have follows, so that all together have `noPort`. */
    noPortNewTown: 0.16,
    wrongPort: 0.03,
    attenuation: 0.02,
    activationFails: 0.05,
    returned: 0.06,
    withdrawn: 0.04,
    writeBackFails: 0.01,
    reassigned: 0.02,
    siteBlocked: 0.015,
    customerAbsent: 0.012,
    missed: 0.01,
    notReady: 0.025,
    rework: 0.02,
    slotMissed: 0.07,
  },
  other: {
    papersMissing: 0.03,
    identityFails: 0.03,
    blocked: 0.008,
    duplicate: 0.005,
    arrears: 0.012,
    stockOut: 0.02,
    paymentPending: 0.06,
    parcelTrouble: 0.03,
    portRefused: 0.08,
    otherOperator: 0.12,
    permit: 0.6,
    /** Nobody stirs for days and nobody says why. */
    heldBack: 0.012,
    withdrawn: 0.025,
    urged: 0.1,
    rated: 0.45,
    soldByPartner: 0.22,
    /** Of online SIM orders: two orders of one person in one parcel. */
    sharedParcel: 0.04,
    /** Of bundles: three work orders and two parcels. */
    large: 0.05,
    /** Of counter sales: the order centre claims them the next day. */
    claimedLater: 0.08,
    /** Of the completions of the one team that reports too early. */
    disputed: 0.3,
  },
} as const;

/** Orders that need a visit and a line: the shares of `line` are counted over these. */
export const LINE_SCENARIOS: readonly string[] = ['broadband-new', 'bundle-new', 'broadband-move', 'enterprise-fast-line'];
