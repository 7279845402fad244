import { AccountBookOutlined } from "@ant-design/icons";
import { later } from "../../later";
import { flow } from "../flow";

declare module "../../route" {
  interface Routes {
    /** 创新券: the vouchers of this desk, settlements, ledgers. */
    vouchers: Record<never, never>;
    /** One voucher. */
    voucher: { id: string };
  }
}

const VouchersPage = later(() => import("./VouchersPage").then(({ VouchersPage }) => VouchersPage));
const VoucherPageView = later(() =>
  import("./VoucherPageView").then(({ VoucherPageView }) => VoucherPageView),
);

export const vouchers = flow({
  pages: {
    vouchers: { show: VouchersPage, database: true },
    voucher: { show: VoucherPageView, database: true },
  },
  menu: [
    {
      route: { page: "vouchers" },
      label: "vouchers-menu",
      icon: <AccountBookOutlined aria-hidden />,
      group: "both",
      order: 13,
    },
  ],
});
