// The HTML part of a mail, for programs of every age: tables, inline styles, and dark colours for those that know them.
import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { MailContent } from './mail-content.ts';
import { dark, darkRules, styles } from './mail-style.ts';
import { footer } from './mail-text.ts';

/** A mail as an HTML document. */
export function mailHtml(content: MailContent, senderName: string): string {
  return `<!doctype html>${renderToStaticMarkup(<Letter {...content} senderName={senderName} />)}`;
}

function Letter({ senderName, ...content }: MailContent & { readonly senderName: string }): ReactNode {
  const { subject, preview, heading, opening, quote, action, code, closing, unsubscribeUrl } = content;
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{subject}</title>
        <style>{darkRules}</style>
      </Head>
      <Body className={dark.page} style={styles.page}>
        <Preview>{preview}</Preview>
        <Text className={dark.quiet} style={styles.sender}>
          {senderName}
        </Text>
        <Container className={dark.card} style={styles.card}>
          <Section style={styles.inside}>
            <Heading className={dark.text} style={styles.heading}>
              {heading}
            </Heading>
            <Paragraphs texts={opening} className={dark.text} style={styles.text} />
            {quote && <Quote {...quote} />}
            {action && (
              <Section style={styles.actionRow}>
                <Button href={action.url} className={dark.button} style={styles.button}>
                  {action.label}
                </Button>
              </Section>
            )}
            {code && (
              <>
                <Text className={dark.text} style={styles.text}>
                  {code.lead}
                </Text>
                <Text className={dark.code} style={styles.code}>
                  {code.digits}
                </Text>
              </>
            )}
            <Hr className={dark.line} style={styles.line} />
            <Paragraphs texts={closing} className={dark.quiet} style={styles.quiet} />
            {action && (
              <Text className={dark.quiet} style={styles.quiet}>
                If the button does not work, open this address in your browser:
                <br />
                <Link href={action.url} className={dark.link} style={styles.address}>
                  {action.url}
                </Link>
              </Text>
            )}
          </Section>
        </Container>
        <Text className={dark.quiet} style={styles.footer}>
          {footer(senderName)}
          {unsubscribeUrl !== undefined && (
            <>
              {' · '}
              <Link href={unsubscribeUrl} className={dark.quiet} style={styles.footerLink}>
                Stop these reminders
              </Link>
            </>
          )}
        </Text>
      </Body>
    </Html>
  );
}

interface ParagraphsProps {
  readonly texts: readonly string[];
  readonly className: string;
  readonly style: typeof styles.text | typeof styles.quiet;
}

function Paragraphs({ texts, className, style }: ParagraphsProps): ReactNode {
  return texts.map((text) => (
    <Text key={text} className={className} style={style}>
      {text}
    </Text>
  ));
}

const lineBreak = <br />;

function Quote({ by, text }: NonNullable<MailContent['quote']>): ReactNode {
  const lines = text.split(/\r\n?|\n/);
  const broken = lines.flatMap((line, index) => (index === 0 ? [line] : [lineBreak, line]));
  return (
    <>
      <Text className={dark.quiet} style={styles.quoteBy}>
        {by} writes:
      </Text>
      {createElement('blockquote', { className: dark.quote, style: styles.quote }, ...broken)}
    </>
  );
}
