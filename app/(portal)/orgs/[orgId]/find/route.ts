import { findPlaces } from "@/lib/finder/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(findPlaces);
