export declare const GUEST_SCRIPT: string;
