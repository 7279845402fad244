import { flow } from "../flow";

export const session = flow({ pages: {}, menu: [] });
