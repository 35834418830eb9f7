export { ActionForm } from "./action-form";
export { PickList, RadioGroup } from "./choices";
export { CheckField, HiddenField, type Option, PasswordField, PasswordOwner, SelectField, TextField } from "./fields";
export { NewPasswordField } from "./new-password";
export { FormError, SubmitButton } from "./submit";
