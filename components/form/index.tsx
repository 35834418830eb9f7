export { ActionForm } from "./action-form";
export { RadioGroup } from "./choices";
export { CheckField, HiddenField, type Option, PasswordField, PasswordOwner, SelectField, TextField } from "./fields";
export { NewPasswordField } from "./new-password";
export { PickList } from "./pick-list";
export { FormError, SubmitButton } from "./submit";
export { SearchSelect } from "./search-select";
export { useField } from "./context";
export { Note } from "./note";
