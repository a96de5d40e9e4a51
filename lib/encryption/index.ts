export { EncryptionKey, type EncryptionKeyProps } from "./encryption-key";
export { EncryptionKeys, type EncryptionKeysOptions, type EncryptionKeysProps } from "./encryption-keys";
export { type KeyPurpose } from "./key-purpose";
