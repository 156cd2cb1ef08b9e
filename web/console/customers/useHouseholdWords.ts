import { useTranslation } from 'react-i18next';
import type { Household, Party } from './households.ts';

/** What things of a household are called, from what is known of them; everything masked. */
export const useHouseholdWords = (household: Household) => {
  const { t } = useTranslation();
  const sep = t('household.and');
  const party = (id: string): string => household.parties.find((p) => p.id === id)?.person.name ?? t('household.nameless');
  const each = (names: readonly string[]): string => [...new Set(names)].join(sep);
  return {
    party,
    /** "person · two numbers". */
    partyMore: (p: Party): string =>
      [t(`household.is.${p.is}`), p.numbers > 1 ? t('household.numbers', { count: p.numbers }) : ''].filter(Boolean).join(' · '),
    ownersOf: (service: string): string => each(household.owners.filter((o) => o.service === service).map((o) => party(o.party))),
    payersOf: (account: string): string =>
      each(household.payers.filter((p) => p.account === account).map((p) => party(p.party))) || t('household.nobody'),
    /** Who pays what of a service: "霭**", or each with its part. */
    chargesOf(service: string): string {
      const lines = household.charges.filter((c) => c.service === service);
      return each(
        lines.map((c) => {
          const who = this.payersOf(c.account);
          return c.what === 'all' ? who : t('household.part', { who, what: c.what });
        }),
      );
    },
    /** Its part in bundles: "main card", "member of 融合 199 元". */
    roleOf: (service: string): string =>
      household.bundles
        .flatMap((b) => b.members.filter((m) => m.service === service).map((m) => (b.is === 'main-secondary' ? t(`household.role.${m.role}`) : t('household.inBundle', { name: b.name ?? t('household.bundle') })))) // biome-ignore format: one line
        .join(' · '),
  };
};
