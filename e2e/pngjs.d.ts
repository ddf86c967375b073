/** The part of the package that the journeys use; it ships no types. */
declare module 'pngjs' {
  export const PNG: {
    readonly sync: {
      readonly read: (bytes: Buffer) => {
        readonly data: Buffer;
        readonly width: number;
        readonly height: number;
      };
    };
  };
}
