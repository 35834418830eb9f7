import { publicPage } from "@/lib/web/public-page";
import { LegalText } from "../legal-text";

export default publicPage(() => <LegalText name="privacy" />);
