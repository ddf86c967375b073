import { QRCodeSVG } from 'qrcode.react';

type QrCodeProps = {
  readonly value: string;
  /** What scanning it does, for who cannot see it; the key itself must stand beside it as text. */
  readonly label: string;
};

/** Dark on white in both schemes, with the quiet zone that scanners need. */
export function QrCode({ value, label }: QrCodeProps) {
  return (
    <QRCodeSVG
      value={value}
      title={label}
      size={208}
      level="M"
      marginSize={4}
      bgColor="#ffffff"
      fgColor="#000000"
      className="h-auto w-52 max-w-full rounded-md border border-line bg-white"
    />
  );
}
