// The attributes to compare with the mapping in the console: what goes where, how many people carry it, what looks wrong.
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { AttributeShare } from '../../shared/setup-checklist.ts';
import classes from './attribute-table.module.css';
import { shortAttribute, vendors } from './checklist-words.ts';

const columnNames: Readonly<Record<ConnectionKind, string>> = {
  okta: 'Okta',
  entra: 'Entra',
  other: 'There',
};

export function AttributeTable({
  kind,
  shares,
}: {
  readonly kind: ConnectionKind;
  readonly shares: readonly AttributeShare[];
}) {
  const nobody = shares.every(({ of }) => of === 0);
  return (
    <div className={classes.attributes}>
      <table className={classes.table}>
        <caption className={classes.caption}>
          {nobody
            ? 'How it should be mapped. The shares fill in as people arrive.'
            : `What ${vendors[kind].name} sends, and for how many people`}
        </caption>
        <thead>
          <tr>
            <th scope="col">{columnNames[kind]}</th>
            <th scope="col">SCIM attribute</th>
            <th scope="col" className={classes.share}>
              People
            </th>
          </tr>
        </thead>
        <tbody>
          {shares.map((share) => (
            <AttributeRow key={share.attribute} share={share} />
          ))}
        </tbody>
      </table>
      <p className={classes.legend}>
        <span aria-hidden="true">*</span> Needed by Rollcall
      </p>
    </div>
  );
}

function AttributeRow({ share }: { readonly share: AttributeShare }) {
  const { attribute, source, required, people, of, wrongExample } = share;
  const isWrong = wrongExample !== null || (required && people < of);
  return (
    <tr data-wrong={isWrong || undefined}>
      <td>{source}</td>
      <th scope="row">
        <span title={attribute}>{shortAttribute(attribute)}</span>
        {required && (
          <span role="img" aria-label="needed">
            *
          </span>
        )}
        {wrongExample !== null && <span className={classes.example}>came as {wrongExample}</span>}
      </th>
      <td className={classes.share}>
        {isWrong && (
          <IconAlertTriangleFilled className={classes.wrong} size={11} role="img" aria-label="Not right:" />
        )}
        {of === 0 ? '–' : people === of ? 'all' : `${people.toLocaleString()} of ${of.toLocaleString()}`}
      </td>
    </tr>
  );
}
