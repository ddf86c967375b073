/** A heading whose hyphenated words stay in one line each: "two-factor" is never torn. */
export function Unbroken({ children }: { readonly children: string }) {
  return children.split(/(\S+-\S+)/u).map((part) =>
    part.includes('-') ? (
      <span key={part} className="whitespace-nowrap">
        {part}
      </span>
    ) : (
      part
    ),
  );
}
