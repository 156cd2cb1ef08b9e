import type { Facts } from '../rules-facts.ts';
import { KINDS, TODAY } from '../rules-facts.ts';

/**
 * The baseline of `rules` in its own language: the seven rules written by hand in one plain loop over the same columns, for the masks alone. Unknown is
 * not no, but since each of the seven is only ever asked for its yes, it is enough that unknown is never yes.
 */
export function loop({ customers, codes, yes, known }: Facts, until: number, masks: Uint8Array): Float64Array {
  const column = (name: string) => codes.get(name) as Uint32Array;
  const base = (name: string) => (KINDS[name] as { base: number }).base - 1;
  const counts = new Float64Array(7);
  const [billNow, billBefore] = [column('bill.current'), column('bill.previous')];
  const [daysNow, daysBefore] = [column('days.current'), column('days.previous')];
  const [silent, forwarded] = [column('voice.silentDays'), column('forward.foreignDays')];
  const [ends, balance, stop] = [column('contract.ends'), column('balance.amount'), column('stop.requested')];
  const [arpu, fee, other] = [column('arpu.before'), column('plan.fee'), column('usage.otherThanVoice')];
  const money = base('bill.current');
  const contract = base('contract.ends');
  const amount = base('balance.amount');
  const asked = base('stop.requested');
  for (let i = 0; i < customers; i++) {
    const now = daysNow[i] as number;
    if (now === 0) continue;
    const [a, b, c, d] = [billNow[i] as number, billBefore[i] as number, now - 1, (daysBefore[i] as number) - 1];
    const down = a !== 0 && b !== 0 && b + money > 0 && d > 0 && c > 0 && (a + money) * d * 100 <= (b + money) * c * 70;
    const mute = (silent[i] as number) - 1;
    const end = ends[i] as number;
    const left = balance[i] as number;
    const day = (stop[i] as number) + asked;
    const bit = 1 << (i & 7);
    const prepaid = ((yes[i >> 3] as number) & (known[i >> 3] as number) & bit) !== 0;
    const cheap = (fee[i] as number) > 0 && (fee[i] as number) <= 3_001;
    let mask = down ? 1 : 0;
    if (mute >= 3) mask |= 2;
    if ((forwarded[i] as number) >= 4) mask |= 4;
    if (end !== 0 && end + contract >= TODAY && end + contract <= until) mask |= 8;
    if (left !== 0 && left + amount < 500) mask |= 16;
    if (day >= TODAY - 1 && day <= TODAY) mask |= 32;
    if (((arpu[i] as number) > 10_000 && prepaid && cheap) || (mute >= 30 && (other[i] as number) > 1)) mask |= 64;
    masks[i] = mask;
    for (let r = 0; r < 7; r++) counts[r] = (counts[r] as number) + ((mask >> r) & 1);
  }
  return counts;
}
