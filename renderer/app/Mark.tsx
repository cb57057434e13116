/** The bell whose sound waves leave the frame. */
export function Mark() {
  return (
    <svg className="pd-nav__mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path
        d="M5 17.5h11.5M6.5 17.5V11a4.25 4.25 0 0 1 8.5 0v6.5M9 20.5a2 2 0 0 0 3.5 0"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <path d="M17.5 6.5a7 7 0 0 1 1.4 3M20 3a12 12 0 0 1 2.6 5.6" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
