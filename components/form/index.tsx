export { ActionForm } from "./action-form";
export { RadioGroup } from "./choices";
export { CheckField, HiddenField, PasswordField, PasswordOwner, SelectField, TextField } from "./fields";
export { NewPasswordField } from "./new-password";
export { PickList } from "./pick-list";
export { DiscardLink, FormEnd, FormError, SubmitButton } from "./submit";
export { SearchSelect } from "./search-select";
export { useField } from "./context";
export { Note } from "./note";
