export { type DateTimeOptions as MomentOptions, formatDateTime as momentText, formatDateTimeTitle as momentTitle } from "@/lib/shared/format-date-time";
