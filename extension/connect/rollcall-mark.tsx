// The mark of Rollcall: one who is in, and one who is still on the way. Knows its drawing only; the
// icons in public/icon are the same.
export function RollcallMark({ size = 32 }: { readonly size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--rc-accent)" />
      <g
        fill="none"
        stroke="var(--rc-on-accent)"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="m6.5 10.5 2.5 2.5 5-5.5" />
        <path d="M18 10.5h7.5" />
        <circle cx="10" cy="21.5" r="3" />
        <path d="M18 21.5h7.5" />
      </g>
    </svg>
  );
}
