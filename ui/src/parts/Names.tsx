import { Data } from "./values";

/** Names that others gave, one under the other, and what they have in common. */
export function Names({ of, are }: { of: string[]; are: string }) {
  if (of.length === 0) return null;
  return (
    <>
      <p>{are}</p>
      <ul>
        {of.map((name) => (
          <li key={name}>
            <Data>{name}</Data>
          </li>
        ))}
      </ul>
    </>
  );
}
