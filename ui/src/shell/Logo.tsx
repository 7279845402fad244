/** The mark of the product, as on the window's icon: a dossier, and the tick that it was checked. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 512 512" width="30" height="30" aria-hidden focusable="false">
      <rect width="512" height="512" rx="104" fill="#0b5cad" />
      <path
        d="M150 92h150l82 82v226a28 28 0 0 1-28 28H150a28 28 0 0 1-28-28V120a28 28 0 0 1 28-28z"
        fill="#fff"
      />
      <path d="M300 92v54a28 28 0 0 0 28 28h54z" fill="#a9cdf0" />
      <path d="M166 222h120M166 268h84" stroke="#8fb4d9" strokeWidth="22" strokeLinecap="round" fill="none" />
      <circle cx="322" cy="348" r="96" fill="#0b5cad" />
      <circle cx="322" cy="348" r="80" fill="#1f9d61" />
      <path
        d="M284 350l28 29 52-58"
        stroke="#fff"
        strokeWidth="26"
        strokeLinecap="round"
        strokeLinejoin="round"
        fill="none"
      />
    </svg>
  );
}
