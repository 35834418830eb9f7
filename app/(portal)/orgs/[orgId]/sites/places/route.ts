import { findPlaces } from "@/lib/places/queries";
import { endpoint } from "@/lib/web/endpoint";

export const GET = endpoint(findPlaces);
