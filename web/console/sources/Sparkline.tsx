/** Counts per minute as small bars from zero, oldest first. */
export const Sparkline = ({ values, label }: { values: number[]; label: string }) => {
  const most = Math.max(1, ...values);
  return (
    <svg className="c-spark" viewBox={`0 0 ${Math.max(1, values.length) * 2} 24`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      {values.map((value, i) => {
        const height = (value / most) * 23 + 0.6;
        // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place
        return <rect key={i} x={i * 2} y={24 - height} width={1.5} height={height} />;
      })}
    </svg>
  );
};
